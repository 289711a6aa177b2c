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
health-seals-broken = { $number } sealed rows of the table { $table } do not open: they were damaged or changed. Keep this file as it is to look at, and restore the newest copy.
health-clock = This machine's time is behind the last row of the audit log ({ $latest } UTC): the clock is slow, or was fast before. Set it right, then check again.

operator-storage-unwritable = { $path } cannot be written to: the disk is full or failing, or this user may not write there. Make room or mend the rights, then start again; what citizens send meanwhile waits at Telegram for 24 hours.
operator-storage-damaged = { $path } is damaged, or is not this bot's database. Stop the bot, keep this file as it is to look at, and restore the newest copy.
operator-storage-damaged-tables = { $path } is damaged in the tables { $tables }. Stop the bot, keep this file as it is to look at, and restore the newest copy.
operator-storage-busy = Another program is writing to { $path }. Wait until it has ended, then start again.
operator-storage-running = A bot is already running on { $path }; each database has one bot. Stop that one first, then start again.

operator-invite = One-time invitation, role { $role } at { $unit }:
operator-invite-offline = Telegram does not answer, so there is no link. The invited person opens the bot and types: { $command }
operator-invite-refused = Telegram does not know this NGUONTIN_TOKEN, so there is no link. Mend the token; then the invited person opens the bot and types: { $command }
operator-invite-unit = Nobody was invited: the role { $role } needs a unit. Add --unit and its code, such as --unit 31135; the whole city is --unit { $city }.
operator-invite-expires = Expires at { $expires } UTC.
operator-invite-next = Whoever opens the link is told a number. Hear them read it, then type:
operator-confirmed = Number { $number } is confirmed: { $role }, unit { $unit }.
operator-recount-off = { $number } differences.
operator-recount-mended = { $number } differences were added.
operator-recount-long = Counting took { $seconds } seconds; for that long the write-ahead log kept what was deleted meanwhile. Count at a quiet hour next time.
operator-sums-mended = The sums were mended since they were counted. Count them again.
operator-recount-right = Right: every figure equals the sum of its rows.
operator-keys = { $folder }: months { $months }; year { $year }
operator-alias = “{ $name }”: { $unit }
operator-digest-queued = Queued.
operator-digest-sent-before = The digest of that week was sent before.
operator-demo-open = Open this page in a browser (Ctrl-C stops):
operator-demo-ended = The bot has ended by itself. Its last lines:
