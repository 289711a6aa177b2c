### Words to officers.

notice-new = <b>Tip { $tip }</b>, new: { $category }. { $unit }
notice-answered = <b>Tip { $tip }</b>: the reporter has answered. { $unit }
notice-added = <b>Tip { $tip }</b>: the reporter has added something. { $unit }
notice-withdrawn = <b>Tip { $tip }</b>: the reporter has withdrawn it. { $unit }
notice-unopened = <b>Tip { $tip }</b> has been opened by nobody: { $category }. { $unit }. Open it now, or call the unit.
notice-merged-new = <b>New tips ({ $number }):</b> { $tips }
notice-merged-answered = The reporter has answered, tip { $tips }
notice-merged-added = The reporter has added something, tip { $tips }
notice-merged-withdrawn = The reporter has withdrawn it, tip { $tips }
notice-merged-rest = and { $number } more
notice-urgent = <b>URGENT</b>
tips-came = { $number } tips have come to { $unit } ({ $urgent } urgent). Type /queue to see them.
tips-unheard = { $unit } has { $number } open tips ({ $urgent } urgent) and whoever should look at them gets no messages from the bot. Please phone that person or the unit.
back-again = Messages reach you again. You are working on { $mine } tips; the queue has { $open }.
button-open = Open tip { $tip }
button-queue = Queue
question-on-its-way = The question is on its way. The reporter gets it within a few minutes, or on opening the tip with its code.

queue-title = <b>Queue: { $unit }</b>
queue-count = Open tips: { $number }
queue-empty = No tip is waiting.
queue-line = <b>{ $tip }</b> { $category }, { $status }, { $clock }
queue-elsewhere = Tip <b>{ $tip }</b> of this place is held by { $unit }; officer number { $number } is working on it.
queue-urgent = <b>URGENT</b>
queue-mine = (yours)
queue-page = Page { $page }/{ $pages }

clock-now = look at it now
clock-left-hours = { $number } h left
clock-left-days = { $number } days left
clock-over = <b>overdue</b>

status-new = new
status-claimed = claimed
status-verifying = being verified
status-reopened = reopened
status-closed = closed
status-withdrawn = withdrawn by the reporter

verdict-none = no verdict
verdict-valuable = valuable
verdict-not_useful = not useful
verdict-duplicate = duplicate
verdict-spam = spam

card-title = <b>Tip { $tip }</b>, { $category }
card-place = { $unit }, { $channel }, received { $day }
card-state = Status: <b>{ $status }</b>, verdict: <b>{ $verdict }</b>
card-clock = Deadline: { $clock }
card-claimer-me = You are working on it.
card-claimer = Officer { $number } is working on it.
card-claimer-me-over = Worked on by you.
card-claimer-over = Worked on by officer { $number }.
card-case = Case <b>{ $case }</b>: solved { $cases }, persons { $persons }, fugitives { $fugitives }
card-cut = (the tip is longer than what fits here; “Read all” shows the whole of it)
card-cut-talk = (earlier messages do not fit here; press “Read all”)
card-words-gone = (the words have reached the end of their time)
card-said-reporter = <b>Reporter:</b> { $text }
card-said-officer = <b>Officer:</b> { $text }
card-folded-title = Tip { $tip }: { $status }, { $verdict }
card-folded = (folded card)
card-changed = The tip has just changed. Please look again, then press.

action-claim = Claim
action-ask = Ask the reporter
action-valuable = Valuable
action-not_useful = Not useful
action-spam = Spam
action-outcome = Outcome
action-close = Close
action-reopen = Reopen
action-take_back = Take verdict back
action-fold = Fold

case-choose = In which case was tip { $tip } used?
case-new = New case
case-number = Case { $case }
confirm-not_useful = Judge tip { $tip } not useful and close it?
confirm-spam = Judge tip { $tip } spam and close it?
confirm-take_back = Take back the verdict of tip { $tip }? If it counted as a valuable source, the figure of that day goes down.
confirm-sure = Yes

prompt-question = Write your question to the reporter of tip { $tip }. They see the question, not who you are. Do not ask who or where they are.
prompt-evidence = Write the evidence note of tip { $tip }: how it was verified and what it was used for (at least a sentence).
prompt-outcome = Write the outcome of tip { $tip }, for example: case 1 persons 2 fugitives 1
outcome-recorded = Noted. Case { $case } now has { $cases } cases, { $persons } persons, { $fugitives } fugitives. If that was a slip, record a negative number, e.g.: persons -1
prompt-walk_in = Write the tip received by { $channel }. Leave out the reporter's name.
prompt-cancelled = Cancelled.
channel-choose = How did this tip come in?

officer-stray-text = This text was not stored. Open a tip and press Ask or Outcome; /help for the commands.
locked = Every card on this phone is folded.

alert-unit-empty = { $unit } has no active officer. Its tips go to { $holder } for now.
alert-nobody-on-duty = Nobody receives the tips of { $unit }: they wait in the queue of { $holder }. Please invite an officer with /invite.
alert-nobody-present = Somewhere nobody can be told of tips. Look at /people and invite more with /invite: wards, communes, duty, inspectorate.
alert-parked-lasting = { $number } updates still cannot be handled after several tries. Whoever wrote was asked to write again. Please tell the operator.
alert-urgent-unopened = <b>URGENT</b>. Nobody has opened tip { $tip } of { $unit }. Call the unit now.
alert-urgent-unopened-somewhere = <b>URGENT</b>. An urgent tip is past its time and no officer has opened it; there is nobody above to be told. See now who is on duty.
alert-parked = { $number } updates could not be handled; they are set aside and not lost. Please tell the operator.

join-waiting = The invitation was accepted. Please wait to be confirmed; your number is <b>{ $number }</b>, read it to the inviter.
join-still-waiting = You are still waiting for confirmation. Your number is <b>{ $number }</b>.
join-already = This chat has a role already, or is waiting for confirmation.
join-confirmed = Number { $number } is confirmed.
join-refused = Number { $number } was turned away.
join-turned-away = The inviter did not confirm. If this is a mistake, please ask for a new invitation.
role-officer = officer
role-commander = commander
role-inspector = inspector
role-committee = Committee 138
role-admin = admin
join-welcome-officer = You are an officer of { $unit } now. New tips are announced here. /queue shows the queue, /help the commands.
join-welcome-commander = You are commander of { $unit } now. /queue shows the queue, /invite brings in officers, /stats shows figures, /help the commands.
join-welcome-inspector = You are an inspector of { $unit } now. Tips about police officers come here alone. /queue shows the queue.
join-welcome-committee = You have joined as Committee 138. /stats shows the city's figures, /digest the weekly digest.
join-welcome-admin = You are an admin now. /invite brings people in, /people lists them, /revoke ends a role.
join-request = <b>{ $person }</b> (number { $number }) has opened the invitation as { $role } of { $unit }. Is this the person you invited?
join-request-instead = <b>{ $person }</b> (number { $number }) has opened the invitation as { $role } of { $unit }. The inviter cannot confirm, so it falls to you. Do you know for certain who this is?
join-request-inspector = <b>{ $person }</b> (number { $number }) opened the invitation as { $role } at { $unit }. Only an inspector can let an inspector in. Do you know for certain who this is?
join-made-known = <b>{ $person }</b> (number { $number }) has joined { $unit } and can read its tips. If you do not know this person, tell the admin at once.
join-own-tips = Tips you sent from this phone are still being worked on, but this phone no longer follows them, and you cannot open them. To report a colleague, use another account or write to the inspectorate.
join-yes = Yes, confirm
join-no = No
invite-link =
    One-time invitation, role <b>{ $role }</b> at <b>{ $unit }</b>:
    { $url }

    Expires { $expires }. Send it in private to the right person only. Whoever opens it still waits for your confirmation.
invite-link-inspector =
    One-time invitation, role <b>{ $role }</b> at <b>{ $unit }</b>:
    { $url }

    Expires { $expires }. Send it in private to the right person only. Whoever opens it still waits for an inspector's confirmation; where there is no inspector yet, the operator confirms them on the server.
invite-choose = Which role for { $unit }?
people-title = <b>People</b>
people-empty = Nobody yet.
people-line = { $number }. { $person }, { $role }, { $unit } ({ $enrolment })
confirm-revoke = End the role of <b>{ $person }</b> (number { $number }), { $role } at { $unit }? They lose it at once; to come back they must be invited again.
people-revoke = Revoke number { $number }
enrolment-waiting = waiting
enrolment-active = active
revoked = The role of number { $number } has ended. The cards on that phone are being folded.
you-were-revoked = Your role in the bot has ended.

page-help_officer =
    <b>Officers' commands</b>
    /queue the queue, most pressing first
    /tip 1042 open a card
    /claim 1042 claim
    /ask 1042 question: ask the reporter
    /valuable 1042 evidence: record a valuable source
    /valuable 1042 case 7: evidence (in case 7)
    /notuseful 1042, /spam 1042, /duplicate 1042 1007 other verdicts
    /outcome 1042 case 1 persons 2 fugitives 1
    /close 1042 close
    /walkin enter a tip from phone, letter or visit
    /outreach 120 record one outreach session, 120 people; /outreach 5 sessions 600 people five of them
    /activity collectives 2 other activities ({ activity-words })
    /stats figures; /stats month; /stats year
    /digest the weekly digest
    /lock fold every card

    Commanders also have: /invite, /people, /revoke 7, /target valuable 50
    Inspectors also have: /invite inspector
    To report a colleague: use another account, or write to the inspectorate
page-help_committee =
    <b>Committee 138</b>
    /stats this week; /stats month, /stats year
    /stats year city the whole city; /stats year Cái Khế one unit
    /digest the weekly digest; /digest 2026-W47
    /target valuable 2000 set a target of the year
    /activity collectives 2 record commendations
page-help_admin =
    <b>Admin</b>
    /invite officer 31135 bring someone in (officer, commander, inspector, committee, admin)
    /people who has a role
    /revoke 7 end a role
    /alias 31135 chợ Xuân Khánh teach the bot a name of a place

alias-added = From now on the bot reads “{ $name }” as { $unit }.
refused-alias-unusable = The name “{ $name }” cannot be added: it is too short, too long, or a ward's own.
