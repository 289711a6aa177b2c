### Words to the operator, on the command line.

health-database = Database: { $path }
health-places = Places: { $name }, { $number } units
health-people = People with a role: { $number }
health-staffed = Units with someone on duty: { $number }
health-messages-waiting = Messages waiting to be sent: { $number }
health-messages-parked = Messages that cannot be sent: { $number }
health-updates-parked = Updates set aside: { $number }
health-audit-whole = Audit log: whole
health-audit-broken = Audit log: BROKEN at row { $number }

operator-invite = One-time invitation, role { $role } at { $unit }:
operator-invite-offline = Telegram does not answer, so there is no link. The invited person opens the bot and types: { $command }
operator-invite-expires = Expires at { $expires } UTC.
operator-invite-next = Whoever opens the link is told a number. Hear them read it, then type:
operator-confirmed = Number { $number } is confirmed: { $role }, unit { $unit }.
operator-recount-off = { $number } differences.
operator-recount-right = Right: every figure equals the sum of its rows.
operator-keys = { $folder }: months { $months }; year { $year }
operator-alias = “{ $name }”: { $unit }
operator-digest-queued = Queued.
operator-digest-sent-before = The digest of that week was sent before.
operator-demo-open = Open this page in a browser (Ctrl-C stops):
operator-demo-ended = The bot has ended: see { $log }
