### Words to citizens.

emergency-police = <b>If there is danger now, call { $number } at once.</b> A tip here does not replace the call.
emergency-fire = <b>If something is burning, call { $number } at once.</b> A tip here does not replace the call.
emergency-ambulance = <b>If someone is hurt, call { $number } at once.</b> A tip here does not replace the call.

welcome =
    Hello. Here you can tell the police of Cần Thơ about a matter of security without saying who you are.

    Just write what happens and where. The bot asks you before it sends anything.

    The police see the words you write, not your name or account. Telegram and whoever runs the server can know more: /privacy

    In danger now: call { $police }. Fire: { $fire }. Ambulance: { $ambulance }.
welcome-place = You came from the poster of <b>{ $place }</b>. You can report matters of other places too.

draft-title = <b>Not sent yet.</b> This is what the bot understood:
draft-title-asking = <b>Not sent yet.</b> The bot needs to know more:
draft-place = Place: <b>{ $place }</b>
draft-place-forgotten = Place: not remembered. The tip will go to the duty desk of the city police.
draft-place-asked = <b>In which ward or commune is this?</b> Type its name (an old name will do).
draft-place-hint = <b>In which ward or commune is this?</b> Press the button below or type its name (an old name will do).
draft-place-not-found = Noted, but the bot does not know yet in which ward or commune this is. Type the name of the ward or commune, or press “I don't remember”.
draft-place-unsure = <b>Where is this?</b> Choose one, or type another name.
draft-place-elsewhere = This does not seem to be in Cần Thơ. The bot can only pass tips to the police of Cần Thơ. If it is in Cần Thơ, type the name of the ward or commune.
draft-category = Matter: { $category }
draft-pieces = { $number } messages of yours together.
draft-urgent = It will be marked <b>urgent</b>.
draft-police = The tip is about police officers: only the inspectorate reads it, the unit of that place does not see it.
draft-police-asked = <b>If the tip is about the police there themselves,</b> press “About the police there?” before you send it: then only the inspectorate reads it, that unit does not see it.
draft-gives-away = ⚠️ There seems to be something in your words that tells who you are (a name, a phone number, your house). If you do not want that, press Cancel and write again.
draft-write-on = To add something, just write on.
draft-just-asking = If you only want to ask: /help how this works, /privacy who can know what, /status tips you sent.
draft-send = Send tip
draft-place-change = Other place
draft-more = Add more
draft-forgot = I don't remember
draft-cancel = Cancel
draft-police-on = About the police there?
draft-police-off = Not about the police
draft-full = The draft is as long as it can be; what you just wrote was not taken. Send this tip first, then press “Add” to write on.
draft-sent-already = This tip has been sent already.
draft-write-more = Just write on; your words are added to the draft.
draft-cancelled = Cancelled. Nothing was sent, and the bot keeps nothing.

receipt-title = <b>Your tip has been received.</b>
receipt-place = It has reached the police of <b>{ $place }</b> and waits for an officer to open it.
receipt-duty = It has reached the duty desk of the city police and waits for an officer to open it.
receipt-police = It went to the inspectorate of the city police alone.
receipt-city = No officer of that place is on duty here now, so the city police were told.
receipt-nobody = Your tip is kept here, but there is no officer yet to read it. If it is urgent, call { $police }.
receipt-police-nobody = Your tip is kept for the police inspectorate alone. There is no inspector here yet; nobody else can read it.
receipt-code = Tip code: <code>{ $code }</code>
receipt-keep = Keep this code if you want to ask from another phone. Whoever has the code can read what was said back and forth, add to the tip and withdraw it: give it to nobody.
receipt-next = An officer usually looks within 24 hours. If they have a question, the bot writes to you here. A tip does not replace a formal complaint; whoever knowingly reports a falsehood answers for it.
receipt-next-urgent = Do not wait here: the tip is marked urgent, but the bot does not know when somebody opens it. If an officer has a question, the bot writes to you here. A tip does not replace a formal complaint; whoever knowingly reports a falsehood answers for it.
receipt-next-police = If an inspector has a question, the bot writes to you here. A tip does not replace a formal complaint; whoever knowingly reports a falsehood answers for it.
receipt-next-nobody = As soon as there is an officer, they will see it. If they have a question, the bot writes to you here. This is no formal complaint; whoever reports falsely on purpose is answerable for it.
receipt-follow = See this tip
receipt-add = Add
receipt-withdraw = Withdraw
receipt-stop = Stop replies
receipt-wipe = Erase traces

state-received = received
state-checking = being checked
state-done = reviewed
state-withdrawn = withdrawn

own-title = <b>Your tips</b>
own-line = { $at }. { $day }, { $category }: { $state }
own-line-question = { $at }. { $day }, { $category }: { $state }, <b>there is a message</b>
own-open = { $at }. Tip of { $day }, { $category }
own-none = No tips are followed in this chat. If you have a tip code, type its 16 digits here.
own-card = <b>Tip of { $day }</b>, { $category }
own-card-place = Place: { $place }
own-card-state = How far: <b>{ $state }</b>
own-cut = (earlier messages do not fit here; press “Read all”)
own-said-officer = <b>Officer:</b> { $text }
own-said-you = <b>You:</b> { $text }
own-button-add = Add
own-button-withdraw = Withdraw
own-button-stop = Stop replies
own-button-answer = Answer
own-new-message = You have a new message.
own-urgent-unopened = No officer has opened your urgent tip yet. <b>If there is still danger, call { $number } now.</b> Your tip is still waiting for an officer to open it.
own-button-read = Show
own-question = <b>An officer asks:</b> { $text }

    Answer by just writing here. You need not say who you are. You need not answer.
own-question-cut = (the question is longer than this; press “Read all”)
own-button-later = Later
own-later = No problem. To answer later, type /status and open the tip.
own-add-write = Write what you want to add. Your next message is added to the tip you sent.
own-stopped = Stopped. No more messages about these tips will come to this chat. The tip codes still work.
own-nothing-new = Nothing new.
own-over-words-kept-out = That tip takes no more words. What you just wrote is kept as a new tip, <b>not sent yet</b>; to send it, press Send tip.
own-full-words-kept-out = That tip is as long as it can be. What you just wrote has become the draft of a new tip; it is not sent yet.
own-answered = Your answer was passed on.
own-added = Added to the tip.
own-withdrawn = The tip is withdrawn. It is not counted, and nobody works on it any more.
own-done = The police have reviewed a tip of yours. Thank you. If it is still going on, just write again.
own-confirm-withdraw = Withdraw this tip? Nobody will work on it any more. This cannot be undone.
own-confirm-stop = Stop replies? The bot will no longer tell you here of a question or of the end. A question can still be seen with the tip code. This cannot be undone.
own-confirm-wipe = Erase the traces here? The bot deletes the messages Telegram lets it delete, forgets this chat and writes nothing more about the tips you sent. They are still worked on. Copy the tip code first if you still need it.
own-sure-withdraw = Withdraw
own-sure-stop = Stop replies
own-sure-wipe = Erase traces
not-read-write-again = One of your messages could not be read, and the police have not received it. Please send it again in other words. If you are in danger, do not wait for the bot: call { $police }.
wiped = The chat is forgotten. Messages of the last 48 hours are being deleted, and older ones of the bot are replaced by a dash. Older ones of yours, and notifications on your phone, Telegram does not let a bot delete: please delete this whole chat yourself. The tip codes still work.
blanked = —

draft-pick = Choose from a list
draft-spot-on = Send the location too (rounded to 100 m)
draft-spot-off = Do not send the location
draft-spot-kept = The location, rounded to 100 m, will be sent too.
picker-districts = <b>In which former district is this?</b>
picker-units = <b>{ $district }</b> is now these wards and communes. Choose one.
