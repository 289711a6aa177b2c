### Words around figures.

stats-title = <b>{ $unit }</b>
stats-period-week = Week { $period } ({ $first } – { $last })
stats-period-month = Month { $period }
stats-period-year = Year { $period }
stats-received = Tips received: <b>{ $number }</b>
stats-part = { $label } { $number }
stats-withdrawn = withdrawn
stats-open = Open now: { $number }
stats-line = { $label }: <b>{ $value }</b>
stats-target = (target { $number })
stats-baseline = (2019: { $number })
stats-corrections = Corrections: { $number } valuable sources of earlier periods, taken back within this one.
stats-old-city = <b>The 32 units that lie in the Cần Thơ of 2019</b>, beside the figures of 2019:
stats-inspectorate = In none of these figures: the inspectorate received { $received } tips, { $valuable } valuable sources (up to the last whole month).
stats-misprint = * Printed as “1.3600.000”, read as 1,360,000.
stats-ladder = <b>Most valuable sources</b>
stats-ladder-line = { $place }. { $unit }: { $number }
stats-week = Week
stats-month = Month
stats-year = Year
stats-back = ← Earlier
stats-forward = Later →

activity-words = collectives, individuals, model, check, deed
activity-recorded-outreach = Recorded: outreach sessions { $records }, people reached { $number }.
activity-recorded-collectives = Recorded: collectives commended, { $number }.
activity-recorded-individuals = Recorded: individuals commended, { $number }.
activity-recorded-model = Recorded: self-management models, { $number }.
activity-recorded-joint_check = Recorded: joint checks, { $number }.
activity-recorded-good_deed = Recorded: good people and deeds, { $number }.

line-sessions = Outreach sessions
line-people = People reached
line-valuable = Valuable sources
line-cases = Cases solved
line-persons = Persons educated, arrested, processed
line-fugitives = Fugitives
line-collectives = Collectives commended
line-individuals = Individuals commended

target-set-sessions = Target { $year } of { $unit }: outreach sessions { $number }.
target-set-people = Target { $year } of { $unit }: people reached { $number }.
target-set-valuable = Target { $year } of { $unit }: valuable sources { $number }.
target-set-cases = Target { $year } of { $unit }: cases solved { $number }.
target-set-persons = Target { $year } of { $unit }: persons handled { $number }.
target-set-fugitives = Target { $year } of { $unit }: fugitives { $number }.
target-set-collectives = Target { $year } of { $unit }: collectives commended { $number }.
target-set-individuals = Target { $year } of { $unit }: individuals commended { $number }.

qualifier-over = over { $number }
qualifier-nearly = nearly { $number }
qualifier-exact = { $number }

digest-title = <b>Weekly digest { $period }</b>
digest-span = { $first } – { $last }
digest-received = Tips received: <b>{ $number }</b> (the week before { $before })
digest-line = { $label }: <b>{ $value }</b> (the week before { $before })
digest-open = Open now: { $open }, overdue: { $overdue }
