### Words used everywhere.

category-drugs = drugs
category-theft = theft
category-robbery = robbery, snatching
category-gambling = gambling
category-loan_shark = loan sharks, debt threats
category-fraud = fraud
category-disorder = disorder, fighting
category-prostitution = prostitution
category-smuggling = smuggling, banned goods, weapons
category-wanted = wanted person, suspicious stranger
category-fire = fire, explosion, fire safety
category-traffic = traffic, street racing
category-environment = environment
category-family_violence = violence, child abuse, trafficking
category-cyber = cyber security
category-other = something else

channel-bot = by the bot
channel-phone = phone
channel-letter = letter
channel-visit = in person

language-vi = Tiếng Việt
language-en = English
language-choose = Which language would you like?
language-chosen = The bot speaks English from now on.

button-cancel = Cancel
button-back = Back
read-all = Read all
read-page = Page { $page }/{ $pages }

page-privacy =
    <b>Who can know what</b>

    <b>The police do not know who you are.</b> They see the words you write and nothing else. Your name, your phone number and your Telegram account appear nowhere, and the bot has no function to look them up.

    <b>Your own words may give you away.</b> Do not write your name, your house number, or what only you can know.

    <b>Telegram knows</b> that you write to the bot, and what. <b>Whoever runs the server</b> could read what is kept there now. The bot cannot hide you from these two.

    <b>If the data is stolen</b> without the keys, the thief reads no words and sees no people.

    <b>How long things are kept:</b> the way to reply to you is erased 7 days after a tip is closed, its words 90 days after.

    /wipe erases the traces in this chat. /stop cuts the way to reply to you. The tip code still works, from any phone.

page-help =
    Just write what you saw, as you would tell a neighbour: what, where, when. The bot asks you before anything is sent.

    /status your tips, or type a tip code
    /wipe erase the traces here
    /stop no more replies
    /privacy who can know what
    /language change the language

    In danger now: call { $police }. Fire: { $fire }. Ambulance: { $ambulance }.

unsupported-photo = Photos cannot be taken yet. Please describe it in words. What you have written so far is still here.
unsupported-video = The bot cannot take videos yet. Please describe it in words. What you have written so far is still here.
unsupported-voice = The bot cannot take voice messages yet. Please write it in words. What you have written so far is still here.
unsupported-document = The bot cannot take files yet. Please describe it in words. What you have written so far is still here.
unsupported-sticker = The bot cannot read stickers. Please write in words.
unsupported-contact = The bot takes no contacts, so that nobody is given away. Please write in words.
unsupported-edited = You have just edited an old message; the bot cannot see the change. If it matters, please write a new message.
unsupported-empty = The bot found no readable words in this message. Please write it again.
unsupported-edited-officer = The change does not count. Please send the right sentence as a new message.
unsupported-officer = Only text is taken here. Please write it in words.
unsupported-other = The bot takes text only. Please write it in words. What you have written so far is still here.

left-out = Only the words with it were read. Photos, videos, files and voice messages cannot be taken yet.

unknown-command = The bot has no such command. Just write what you want to report, or type /help.
unknown-command-officer = There is no such command; nothing was stored. Type /help for the list.

refused-no-such-tip = There is no tip { $number } among yours.
refused-not-allowed = This is not part of your role.
refused-officers-lock = This command is for citizens. To put away every word on this phone, type /lock: every card is folded.
refused-not-enrolled = This command is for officers. If you want to report something, just write it here.
refused-already-claimed = Tip { $number } has been claimed already.
refused-illegal-move = Tip { $number } is in a state that does not allow this.
refused-already-judged = Tip { $number } has a verdict. Take it back first to give another.
refused-verdict-missing = Tip { $number } has no verdict yet. Give one, then close it.
refused-evidence-too-short = The evidence note needs at least a sentence ({ $words } words or more): how it was verified and what it was used for. Nothing was recorded: please press Valuable again, then write.
refused-no-such-case = This unit has no case { $number }.
refused-no-reply-route = No question can be asked: tip { $number } was not sent through the bot.
refused-leads-out = Not sent. “{ $words }” leads the sender out of this chat, where they can be found. They can answer right here: press Ask once more and ask them directly.
refused-asks-who = Not sent. “{ $words }” asks who or where the sender is. If you mean somebody else, press Ask once more and say so: “what is his name”, “where is that shop”.
refused-button-stale = This button is out of date.
refused-usage = That was not clear. The form is: { $form }
refused-number-out-of-range = That number cannot be. It must be whole and at most { $most }.
refused-number-doubtful = Nothing was recorded: “{ $read }” can be read more than one way. The form is: { $form }
refused-code-unknown = No tip has this code, or its time is over. Please check the 16 digits.
refused-too-many-tries = That was not the right code. Please wait { $minutes } min and try again.
refused-invite-invalid = This invitation was used, has expired or does not exist. Please ask for a new link.
refused-tip-full = This tip is as long as it can be. What you just wrote was not added; please send it as a new tip.
refused-tip-is-over = This tip can no longer be added to or withdrawn. You can always write a new one.
refused-no-such-unit = There is no unit named { $name }.
refused-no-such-seat = { $unit } has no such role.
refused-no-such-officer = There is nobody with number { $number } among the people you look after.
refused-inspectors-decide = There is an inspector: only an inspector can let an inspector in.
refused-valuable-first = Outcomes belong to a case. Please record tip { $number } as valuable first.

menu-trangthai = how far your tips have got
menu-riengtu = who can know what
menu-xoa = erase the traces here
menu-ngung = no more replies
menu-ngonngu = change the language
menu-trogiup = help
menu-status = how far your tips have got
menu-privacy = who can know what
menu-wipe = erase the traces here
menu-stop = no more replies
menu-language = change the language
menu-help = help
