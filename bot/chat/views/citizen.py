"""What a citizen reads: short, warm, honest; at most four buttons and a quiet one."""

from typing import assert_never

from bot.chat.buttons import ChatButton, DraftButton, LanguageButton, OwnPageButton, OwnTipButton
from bot.chat.views.paged import page_of, spread
from bot.chat.views.rendered import TEXT_LIMIT, Button, Rendered, Speaker, escape, fit, rows, utf16_length
from bot.domain.conversation import Language
from bot.domain.ids import Handle
from bot.domain.screens.citizen import (
    CitizenScreen,
    ConfirmOwn,
    DraftCard,
    Emergency,
    LanguageChoice,
    NewMessage,
    NobodyOpened,
    OfficerQuestion,
    OwnTipCard,
    OwnTipList,
    Page,
    PlacePicker,
    PlainState,
    Receipt,
    Welcome,
)
from bot.domain.text.categories import Service
from bot.services.commands.citizen import DraftStep, OwnStep

_LABEL = 60
"""Characters of a place on a button; more is cut by phones anyway."""


def render(say: Speaker, screen: CitizenScreen) -> Rendered:  # noqa: C901, PLR0911, PLR0912 - one line a screen
    """Give the words and buttons of a screen."""
    match screen:
        case Welcome():
            return _welcome(say, screen)
        case Emergency():
            return Rendered("\n".join(_emergency(say, screen.service)))
        case DraftCard():
            return _draft(say, screen)
        case PlacePicker():
            return _picker(say, screen)
        case Receipt():
            return _receipt(say, screen)
        case OwnTipList():
            return _own_tips(say, screen)
        case OwnTipCard():
            return _own_tip(say, screen)
        case NewMessage():
            return _new_message(say, screen)
        case NobodyOpened():
            return Rendered(say("own-urgent-unopened", number=say.emergency()["police"]))
        case OfficerQuestion():
            return _question(say, screen)
        case ConfirmOwn():
            return _confirm_own(say, screen)
        case LanguageChoice():
            return _language(say)
        case Page():
            return _page(say, screen)
        case _:
            assert_never(screen)


def _welcome(say: Speaker, screen: Welcome) -> Rendered:
    """First words."""
    lines = [say("welcome", **say.emergency())]
    if screen.place:
        lines.insert(0, say("welcome-place", place=escape(screen.place)))
    return Rendered("\n\n".join(lines))


def _emergency(say: Speaker, service: Service | None) -> list[str]:
    """Whom to call now, if anyone."""
    if service is None:
        return []
    return [say(f"emergency-{service}", number=say.emergency()[service.value])]


def _draft(say: Speaker, screen: DraftCard) -> Rendered:
    """The draft card."""
    is_understood = screen.may_be_sent or screen.category is not None
    title = say("draft-title" if is_understood else "draft-title-asking")
    lines = [*_emergency(say, screen.emergency), title, *_place(say, screen)]
    if screen.category is not None:
        lines.append(say("draft-category", category=say.category(screen.category)))
    if screen.pieces > 1:
        lines.append(say("draft-pieces", number=screen.pieces))
    said = {
        "draft-urgent": screen.urgent,
        "draft-police": screen.about_police,
        "draft-police-asked": screen.mentions_police and screen.may_be_sent and not screen.about_police,
        "draft-spot-kept": screen.keeps_spot,
        "draft-gives-away": screen.gives_away,
        "left-out": screen.left_out,
    }
    lines += [say(key) for key, is_so in said.items() if is_so]
    if screen.may_be_sent:
        lines.append(say("draft-write-on"))
    elif screen.category is None and screen.place_state == "asked":
        lines.append(say("draft-just-asking"))
    return Rendered("\n".join(lines), _draft_buttons(say, screen))


def _place(say: Speaker, screen: DraftCard) -> list[str]:
    found = [say("draft-place-not-found")] if screen.not_found else []
    match screen.place_state:
        case "settled":
            return [say("draft-place", place=escape(screen.place or ""))]
        case "forgotten":
            return [say("draft-place-forgotten")]
        case "unsure":
            return [*found, say("draft-place-unsure")]
        case "elsewhere":
            return [say("draft-place-elsewhere")]
        case "asked":
            if found:
                return found
            return [say("draft-place-hint" if screen.choices else "draft-place-asked")]


def _draft_buttons(say: Speaker, screen: DraftCard) -> tuple[tuple[Button, ...], ...]:
    def on(step: DraftStep, key: str) -> Button:
        return say.button(key, DraftButton(step, screen.handle))

    police = on(DraftStep.POLICE, "draft-police-off" if screen.about_police else "draft-police-on")
    if screen.may_be_sent:
        return rows(
            (on(DraftStep.SEND, "draft-send"),),
            (
                on(DraftStep.PLACE, "draft-place-change"),
                on(DraftStep.MORE, "draft-more"),
                on(DraftStep.CANCEL, "draft-cancel"),
            ),
            (police,),
        )
    choices = (
        (Button(each.label[:_LABEL], DraftButton(DraftStep.CHOOSE, screen.handle, each.unit).pack()),)
        for each in screen.choices
    )
    pick = say.button("draft-pick", DraftButton(DraftStep.PICK, screen.handle, "p0"))
    spot = on(DraftStep.SPOT, "draft-spot-off" if screen.keeps_spot else "draft-spot-on")
    return rows(
        *choices,
        (pick, on(DraftStep.FORGOT, "draft-forgot")),
        (spot,) if screen.offers_spot else None,
        (on(DraftStep.CANCEL, "draft-cancel"),),
    )


def _picker(say: Speaker, screen: PlacePicker) -> Rendered:
    """Former districts, then today's units."""

    def on(pick: str) -> DraftButton:
        is_page = pick.startswith(("p", "d"))
        return DraftButton(DraftStep.PICK if is_page else DraftStep.CHOOSE, screen.handle, pick)

    text = say("picker-units", district=escape(screen.district)) if screen.district else say("picker-districts")
    choices = (Button(each.label[:_LABEL], on(each.pick).pack()) for each in screen.choices)
    in_rows: list[tuple[Button, ...]] = [(button,) for button in choices]
    if screen.district is None:
        flat = [button for row in in_rows for button in row]
        in_rows = [tuple(flat[at : at + 2]) for at in range(0, len(flat), 2)]
    paging = (
        Button("←", on(screen.back).pack()) if screen.back else None,
        Button("→", on(screen.forward).pack()) if screen.forward else None,
    )
    forgot = say.button("draft-forgot", DraftButton(DraftStep.FORGOT, screen.handle))
    return Rendered(text, rows(*in_rows, paging, (forgot,)))


def _receipt(say: Speaker, screen: Receipt) -> Rendered:
    """The receipt with its code."""
    if screen.about_police:
        went = say("receipt-police")
    elif screen.place is None:
        went = say("receipt-duty")
    else:
        went = say("receipt-place", place=escape(screen.place))
    if screen.read_by == "city":
        went = say("receipt-city")
    if screen.read_by == "nobody":
        went = say("receipt-police-nobody" if screen.about_police else "receipt-nobody", **say.emergency())
    code = " ".join(screen.code[at : at + 4] for at in range(0, len(screen.code), 4))
    lines = [
        *_emergency(say, screen.emergency),
        f"{say('receipt-title')} {went}",
        say("receipt-code", code=code),
        say("receipt-keep"),
        say(_what_comes_next(screen)),
    ]
    on = {step: OwnTipButton(step, screen.handle) for step in OwnStep}
    return Rendered(
        "\n\n".join(lines),
        rows(
            (say.button("receipt-follow", on[OwnStep.OPEN]), say.button("receipt-add", on[OwnStep.ADD])),
            (say.button("receipt-withdraw", on[OwnStep.WITHDRAW]), say.button("receipt-stop", on[OwnStep.STOP])),
            (say.button("receipt-wipe", ChatButton("wipe")),),
        ),
    )


def _what_comes_next(screen: Receipt) -> str:
    """Name the text that says when a tip may be read: of danger no hours are promised, and inspectors promise none."""
    if screen.emergency is not None:
        return "receipt-next-urgent"
    if screen.about_police:
        return "receipt-next-police"
    return "receipt-next-nobody" if screen.read_by == "nobody" else "receipt-next"


def _own_tips(say: Speaker, screen: OwnTipList) -> Rendered:
    """The list of own tips."""
    lines = [say("own-title")]
    for at, tip in enumerate(screen.tips, start=1):
        key = "own-line-question" if tip.has_question else "own-line"
        category, state = say.category(tip.category), _state(say, tip.state)
        lines.append(say(key, at=at, day=say.day(tip.received), category=category, state=state))
    buttons = (
        (
            say.button(
                "own-open",
                OwnTipButton(OwnStep.OPEN, tip.handle),
                at=at,
                day=say.day(tip.received),
                category=say.category(tip.category),
            ),
        )
        for at, tip in enumerate(screen.tips[:20], start=1)
    )
    return Rendered(fit(lines, TEXT_LIMIT, cut="…"), rows(*buttons))


def _state(say: Speaker, state: PlainState) -> str:
    return say(f"state-{state}")


def _own_tip(say: Speaker, screen: OwnTipCard) -> Rendered:
    """One own tip."""
    lines = [say("own-card", day=say.day(screen.received), category=say.category(screen.category))]
    if screen.place:
        lines.append(say("own-card-place", place=escape(screen.place)))
    lines.append(say("own-card-state", state=_state(say, screen.state)))
    said = [
        say("own-said-officer" if each.by == "officer" else "own-said-you", text=escape(each.text))
        for each in screen.exchanges
    ]
    head = "\n".join(lines)
    if utf16_length("\n\n".join([head, *said])) <= TEXT_LIMIT:
        return Rendered("\n\n".join([head, *said]), _own_buttons(say, screen))
    whole = spread(say, head, said)
    if screen.page:
        shown = page_of(say, head, whole, screen.page, lambda to: OwnPageButton(screen.handle, to))
        return Rendered(shown.text, (*shown.keyboard, *_own_buttons(say, screen)))
    newest = fit(said, TEXT_LIMIT - utf16_length(head) - 2, cut=say("own-cut"), keep_end=True)
    read_all = say.button("read-all", OwnPageButton(screen.handle, 1))
    return Rendered(f"{head}\n\n{newest}", ((read_all,), *_own_buttons(say, screen)))


def _own_buttons(say: Speaker, screen: OwnTipCard) -> tuple[tuple[Button, ...], ...]:
    has_question = bool(screen.exchanges) and screen.exchanges[-1].by == "officer" and screen.may_add
    on = {step: OwnTipButton(step, screen.handle) for step in OwnStep}
    return rows(
        (say.button("own-button-answer", on[OwnStep.READ]),) if has_question else None,
        (
            say.button("own-button-add", on[OwnStep.ADD]) if screen.may_add else None,
            say.button("own-button-withdraw", on[OwnStep.WITHDRAW]) if screen.may_withdraw else None,
            say.button("own-button-stop", on[OwnStep.STOP]) if screen.may_stop else None,
        ),
    )


def _new_message(say: Speaker, screen: NewMessage) -> Rendered:
    """A message that shows nothing until tapped."""
    read = say.button("own-button-read", OwnTipButton(OwnStep.READ, screen.handle))
    return Rendered(say("own-new-message"), rows((read,)))


def _question(say: Speaker, screen: OfficerQuestion) -> Rendered:
    """An officer's question, opened."""
    later = say.button("own-button-later", OwnTipButton(OwnStep.LATER, screen.handle))
    text, room = escape(screen.text), TEXT_LIMIT - utf16_length(say("own-question", text=""))
    if utf16_length(text) <= room:
        return Rendered(say("own-question", text=text), rows((later,)))
    read_all = say.button("read-all", OwnPageButton(screen.handle, 1))
    text = fit([text], room, cut=say("own-question-cut"))
    return Rendered(say("own-question", text=text), rows((read_all,), (later,)))


def _confirm_own(say: Speaker, screen: ConfirmOwn) -> Rendered:
    """One more question before a step that cannot be undone."""
    sure: OwnTipButton | ChatButton
    match screen.what:
        case "withdraw":
            sure = OwnTipButton(OwnStep.WITHDRAW_SURE, screen.handle or Handle(""))
        case "stop":
            sure = OwnTipButton(OwnStep.STOP_SURE, screen.handle) if screen.handle else ChatButton("stop_sure")
        case "wipe":
            sure = ChatButton("wipe_sure")
    buttons = (say.button(f"own-sure-{screen.what}", sure), say.button("button-cancel", ChatButton("cancel")))
    return Rendered(say(f"own-confirm-{screen.what}"), rows(buttons))


def _language(say: Speaker) -> Rendered:
    """The languages."""
    buttons = tuple(say.button(f"language-{each}", LanguageButton(each)) for each in Language)
    return Rendered(say("language-choose"), rows(buttons))


def _page(say: Speaker, screen: Page) -> Rendered:
    """A page of standing text."""
    return Rendered(say(f"page-{screen.page}", **(say.emergency() if screen.page == "help" else {})))
