"""Screens into words: within Telegram's limits, safe inside HTML, and saying what was promised."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.texts import Texts
from bot.chat.views import EmergencyNumbers, Rendered, Views
from bot.chat.views.rendered import fit, shorten, utf16_length
from bot.domain.campaign.periods import Span
from bot.domain.conversation import Language
from bot.domain.ids import CaseNumber, Handle, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.roles import HelpPage, Role
from bot.domain.screens import AnyScreen, base, citizen, figures, officer, people
from bot.domain.stats import BASELINE_2019, JUDGED, SHOWN_BESIDE, Headline
from bot.domain.text.categories import Category, Service
from bot.domain.tip import Channel, Status, Verdict

VIEWS = Views(Texts.load(), EmergencyNumbers("113", "114", "115"), "nguontin_bot")
HANDLE = Handle("abcdefgh")


class _Tags(HTMLParser):
    """Checks that tags are closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in {"b", "i", "code", "blockquote"}, tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def plain(rendered: Rendered) -> str:
    """Check a message as Telegram would, and give what is read."""
    tags = _Tags()
    tags.feed(rendered.text)
    tags.close()
    assert tags.open == []
    assert 1 <= utf16_length(tags.text) <= 4096
    assert not re.search(r"&(?!amp;|lt;|gt;|quot;|#)", rendered.text)
    assert all(1 <= len(row) <= 8 for row in rendered.keyboard)
    assert all(1 <= len(button.data.encode()) <= 64 and button.text for row in rendered.keyboard for button in row)
    return tags.text


def draft(**changes: object) -> citizen.DraftCard:
    """Make a draft card."""
    given_: dict[str, object] = {
        "handle": HANDLE,
        "pieces": 1,
        "place": "Phường Ninh Kiều",
        "place_state": "settled",
        "category": Category.DRUGS,
        "urgent": False,
        "emergency": None,
        "gives_away": False,
        "about_police": False,
        "may_be_sent": True,
    }
    return citizen.DraftCard.model_validate(given_ | changes)


def card(**changes: object) -> officer.TipCard:
    """Make a tip's card."""
    given_: dict[str, object] = {
        "tip": TipNumber(1042),
        "version": 3,
        "unit": "Phường Ninh Kiều",
        "category": Category.THEFT,
        "urgent": True,
        "status": Status.NEW,
        "verdict": Verdict.NONE,
        "channel": Channel.BOT,
        "received": datetime(2026, 11, 23, 2, tzinfo=UTC),
        "hours_left": 5,
        "claimer": None,
        "is_mine": False,
        "words": "mất xe",
        "actions": tuple(officer.CardAction),
    }
    return officer.TipCard.model_validate(given_ | changes)


def stats(span: Span = Span.YEAR) -> figures.Stats:
    """Make figures of the city."""
    lines = tuple(
        figures.FigureLine(
            line=line,
            value=1_234_567,
            target=2_000,
            baseline=BASELINE_2019[line].value,
            qualifier=BASELINE_2019[line].qualifier,
            is_misprint=BASELINE_2019[line].is_misprint,
        )
        for line in BASELINE_2019
    )
    return figures.Stats(
        unit="Công an thành phố Cần Thơ",
        unit_code=UnitCode("92"),
        span=span,
        back=1,
        period="2026",
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        received=dict.fromkeys(Channel, 3),
        valuable=dict.fromkeys(Channel, 2),
        beside={each: place for place, each in enumerate(SHOWN_BESIDE, start=1)},
        lines=lines,
        old_city=lines,
        corrections=-1,
        open_tips=9,
        ladder=(("Phường Cái Khế", 12),),
    )


def notice(tip: int, what: str) -> officer.Notice:
    """Give an example of a notice."""
    fields = {"tip": tip, "category": "drugs", "urgent": True, "unit": "<Xã>", "what": what}
    return officer.Notice.model_validate(fields)


EXAMPLES: list[AnyScreen] = [
    base.Line(key="join-confirmed", values={"number": 3}),
    citizen.Welcome(),
    citizen.Welcome(place="Phường Cái Khế"),
    draft(),
    draft(
        place=None,
        place_state="unsure",
        may_be_sent=False,
        choices=[{"unit": "31135", "label": "Tân An (" + "Hưng Lợi, " * 20 + "cũ)"}, {"unit": "31147", "label": "b"}],
    ),
    draft(place=None, place_state="asked", may_be_sent=False, choices=[{"unit": "31135", "label": "Ninh Kiều"}]),
    draft(place=None, place_state="asked", may_be_sent=False, not_found=True),
    draft(place=None, place_state="elsewhere", may_be_sent=False),
    draft(place=None, place_state="forgotten", pieces=3, gives_away=True, about_police=True, urgent=True),
    *(draft(emergency=service) for service in Service),
    draft(place=None, place_state="unsure", may_be_sent=False, offers_spot=True, keeps_spot=True),
    citizen.PlacePicker(
        handle=HANDLE,
        district=None,
        choices=tuple(citizen.PickChoice(pick=f"d91{n}", label="Quận Ninh Kiều") for n in range(8)),
        back=None,
        forward="p1",
    ),
    citizen.PlacePicker(
        handle=HANDLE,
        district="Quận Ninh Kiều",
        choices=(citizen.PickChoice(pick="31135", label="Tân An (Hưng Lợi, An Khánh cũ)"),),
        back="p0",
        forward="d916-1",
    ),
    citizen.Receipt(
        handle=HANDLE, code="1234567890123456", place="Xã Long Phú", about_police=False, emergency=Service.FIRE
    ),
    citizen.Receipt(handle=HANDLE, code="1234567890123456", place=None, about_police=False, emergency=None),
    citizen.Receipt(handle=HANDLE, code="1234567890123456", place=None, about_police=True, emergency=None),
    citizen.OwnTipList(
        tips=tuple(
            citizen.OwnTipLine(
                handle=HANDLE, received=date(2026, 11, 1), state=state, category=Category.FIRE, has_question=True
            )
            for state in citizen.PlainState
        )
    ),
    citizen.OwnTipCard(
        handle=HANDLE,
        received=date(2026, 11, 1),
        state=citizen.PlainState.CHECKING,
        category=Category.CYBER,
        place="Xã Long Phú",
        exchanges=(base.Exchange(by="reporter", text="<i>"), base.Exchange(by="officer", text="& mấy giờ?")),
        may_add=True,
        may_withdraw=True,
        may_stop=True,
    ),
    citizen.NewMessage(handle=HANDLE),
    citizen.NobodyOpened(),
    citizen.OfficerQuestion(handle=HANDLE, text="<b>mấy giờ & ở đâu?"),
    *(citizen.ConfirmOwn.model_validate({"what": what, "handle": HANDLE}) for what in ("withdraw", "wipe", "stop")),
    citizen.ConfirmOwn(what="stop"),
    citizen.LanguageChoice(),
    citizen.Emergency(service=Service.FIRE),
    *(citizen.Page.model_validate({"page": page}) for page in ("privacy", "help", *HelpPage)),
    *(notice(1, what) for what in ("new", "answered", "added", "withdrawn", "unopened")),
    officer.MergedNotice(notices=(notice(10**9, "withdrawn"), *(notice(10**9 + n, "new") for n in range(60)))),
    officer.Queue(unit="Xã Long Phú", lines=(), page=0, pages=1, total=0),
    officer.Queue(
        unit="Xã Long Phú",
        lines=tuple(
            officer.QueueLine(
                tip=TipNumber(number),
                category=Category.TRAFFIC,
                urgent=True,
                status=Status.NEW,
                hours_left=number * 10 - 20,
                is_mine=True,
            )
            for number in range(1, 9)
        ),
        page=1,
        pages=3,
        total=20,
    ),
    card(),
    card(folded=True),
    card(claimer=OfficerNumber(7), case=CaseNumber(3), outcomes=(1, 2, 0), hours_left=-3, words=""),
    officer.CaseChoice(tip=TipNumber(1), version=2, cases=(CaseNumber(5), CaseNumber(4), CaseNumber(3))),
    *(
        officer.ConfirmVerdict.model_validate({"tip": 1, "version": 2, "what": what})
        for what in ("not_useful", "spam", "take_back")
    ),
    *(officer.Prompt.model_validate({"purpose": purpose, "tip": 1}) for purpose in ("question", "evidence", "outcome")),
    officer.Prompt(purpose="walk_in", channel=Channel.PHONE),
    officer.ChannelChoice(),
    *(stats(span) for span in Span),
    figures.Digest(figures=stats(Span.WEEK), before=dict.fromkeys(Headline, 1), received_before=5, overdue=2),
    people.InviteLink(
        payload="iabc", role=Role.OFFICER, unit="Xã Long Phú", expires=datetime(2026, 11, 25, 2, tzinfo=UTC)
    ),
    people.JoinRequest(officer=OfficerNumber(3), person="<b>Hùng", role=Role.OFFICER, unit="Xã Long Phú"),
    people.People(people=()),
    people.People(
        people=tuple(
            people.PersonLine(
                officer=OfficerNumber(number),
                person="Hùng & <i>",
                role=Role.OFFICER,
                unit="Xã Long Phú",
                is_waiting=False,
            )
            for number in range(1, 60)
        )
    ),
    people.ConfirmRevoke(officer=OfficerNumber(7), person="Hùng & <i>", role=Role.OFFICER, unit="Xã Long Phú"),
    people.InviteChoice(unit="Xã Long Phú", unit_code=UnitCode("31135"), roles=tuple(Role)),
]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("screen", EXAMPLES, ids=lambda screen: screen.name)
def test_every_screen_is_a_message_telegram_would_take(screen: AnyScreen, language: Language) -> None:
    """A refused message would be silence at the worst moment."""
    plain(VIEWS.render(screen, language))


def test_every_kind_of_screen_has_an_example() -> None:
    """A new screen must be looked at."""
    kinds = get_args(get_args(AnyScreen)[0])
    assert set(kinds) == {type(each) for each in EXAMPLES}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), st.integers(1, 800))
def test_an_officers_card_holds_any_words_literally_and_in_bounds(piece: str, times: int) -> None:
    """HTML in a tip is words, and a long tip is cut with an honest line, never refused."""
    words = (piece * times)[:16_000]
    exchanges = (base.Exchange(by="officer", text=words[:3000]), base.Exchange(by="reporter", text=words[:5000]))
    for screen in (card(words=words), card(words=words, exchanges=exchanges)):
        text = plain(VIEWS.render(screen, Language.VI))
        assert "1042" in text
    short = "".join(each for each in piece if each.isprintable())
    assert short in plain(VIEWS.render(card(words=short or "x"), Language.VI)) or not short


@given(st.text("ab&<>đ🙂 \n", max_size=300), st.integers(20, 200))
def test_cutting_breaks_no_entity_no_tag_and_no_surrogate_pair(text: str, room: int) -> None:
    """A broken entity is refused by Telegram, and the tip would not be seen."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for cut in (
        shorten(escaped, room),
        fit([escaped, escaped], room, cut="…"),
        fit([escaped], room, cut="…", keep_end=True),
    ):
        assert utf16_length(cut) <= room
        assert not re.search(r"&(?!amp;|lt;|gt;)", cut)
        cut.encode()


def test_danger_comes_first_with_the_configured_number() -> None:
    """The first line may save a life; the number is configuration."""
    other = Views(Texts.load(), EmergencyNumbers("112", "112", "112"), "bot")
    text = plain(other.render(draft(emergency=Service.POLICE, urgent=True), Language.VI))
    assert "112" in text.splitlines()[0]


def test_an_unsure_draft_cannot_be_sent_and_always_offers_not_remembering() -> None:
    """A wrong automatic route is far worse than a question."""
    screen = draft(
        place=None, place_state="unsure", may_be_sent=False, choices=[{"unit": "31135", "label": "Ninh Kiều"}]
    )
    labels = [button.text for row in VIEWS.render(screen, Language.VI).keyboard for button in row]
    assert labels == ["Ninh Kiều", "Chọn từ danh sách", "Không nhớ", "Hủy"]


def test_a_notice_and_a_folded_card_say_nothing_of_the_words() -> None:
    """Someone may look over the officer's shoulder too."""
    folded = plain(VIEWS.render(card(folded=True, words="bí mật"), Language.VI))
    assert "bí mật" not in folded
    assert folded.startswith("Tin 1042")


def test_the_code_is_shown_in_groups_of_four() -> None:
    """It is copied by hand."""
    screen = citizen.Receipt(handle=HANDLE, code="1234567890123456", place=None, about_police=False, emergency=None)
    assert "1234 5678 9012 3456" in plain(VIEWS.render(screen, Language.VI))


@pytest.mark.parametrize("language", list(Language))
def test_figures_call_a_verdict_what_its_card_calls_it(language: Language) -> None:
    """Two names for one verdict would be two verdicts to whoever reads both."""
    text = plain(VIEWS.render(stats(), language)).casefold()
    said = [
        f"{VIEWS.texts.text(language, f'verdict-{verdict}')} {SHOWN_BESIDE.index(JUDGED[verdict]) + 1}"
        for verdict in JUDGED
    ]
    assert ", ".join(said) in text


def test_figures_keep_the_qualifier_of_2019_and_mark_the_misprint() -> None:
    """The committee must be able to defend what stands beside its figures."""
    text = plain(VIEWS.render(stats(), Language.VI))
    assert "trên 2.000" in text
    assert "gần 1.500" in text
    assert "(2019: 61)" in text
    assert "trên 1.360.000*" in text
    assert "1.3600.000" in text
    assert "1,234,567" in plain(VIEWS.render(stats(), Language.EN))
