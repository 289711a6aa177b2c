"""Ways to say where: a location, a few letters, paging through old districts, and names the admin teaches."""

from typing import Any

from bot.domain.drafting import Draft
from bot.domain.ids import TipNumber
from bot.domain.outgoing import Answer, EditCard
from bot.domain.roles import Role
from bot.domain.screens.citizen import DraftCard, PlacePicker
from bot.ports import Chore
from bot.services.commands import citizen, people
from tests.services.town import CAI_KHE, PLACES, Town, refusal_of

NINH_KIEU_QUAY = (10.0340, 105.7880)


def draft_of(town: Town, chat: int) -> Draft:
    """Give a chat's draft."""
    conversation = town.conversation(chat)
    assert conversation is not None
    assert conversation.draft is not None
    return conversation.draft


async def press(town: Town, step: citizen.DraftStep, **fields: Any) -> Any:
    """Press a button of the newest draft card of chat 5."""
    return await town.do(citizen.PressDraft, 5, pressed=True, handle=draft_of(town, 5).handle, step=step, **fields)


async def test_a_location_offers_the_three_nearest_and_routes_nothing_by_itself(town: Town) -> None:
    """A centre is right four times of five."""
    await town.do(citizen.Write, 5, text="Có đánh bạc trong nhà hoang")
    await town.do(citizen.ShareLocation, 5, lat=NINH_KIEU_QUAY[0], lon=NINH_KIEU_QUAY[1])
    card = town.last(5, DraftCard)
    assert (card.place_state, len(card.choices), card.may_be_sent) == ("unsure", 3, False)
    assert "31135" in [choice.unit for choice in card.choices]


async def test_the_location_is_dropped_with_the_choice(town: Town) -> None:
    """Nobody asked for it to be kept."""
    await town.do(citizen.Write, 5, text="Có đánh bạc")
    await town.do(citizen.ShareLocation, 5, lat=10.03412, lon=105.78834)
    assert draft_of(town, 5).spot == "10.034, 105.788"
    await press(town, citizen.DraftStep.CHOOSE, unit="31135")
    assert draft_of(town, 5).spot is None
    await press(town, citizen.DraftStep.SEND)
    assert "10.03" not in town.executor.state.contents[TipNumber(1)].words


async def test_the_location_is_sent_rounded_when_the_citizen_keeps_it(town: Town) -> None:
    """To about a hundred metres, as words of the tip."""
    await town.do(citizen.Write, 5, text="Có đánh bạc")
    await town.do(citizen.ShareLocation, 5, lat=10.03412, lon=105.78834)
    await press(town, citizen.DraftStep.SPOT)
    assert town.last(5, DraftCard).keeps_spot
    await press(town, citizen.DraftStep.CHOOSE, unit="31135")
    await press(town, citizen.DraftStep.SEND)
    words = town.executor.state.contents[TipNumber(1)].words
    assert "10.034, 105.788" in words
    assert "10.03412" not in words


async def test_a_location_outside_the_city_is_said_to_be_outside(town: Town) -> None:
    """Hồ Chí Minh City is another police."""
    await town.do(citizen.Write, 5, text="Có đánh bạc")
    await town.do(citizen.ShareLocation, 5, lat=10.776, lon=106.700)
    assert town.last(5, DraftCard).place_state == "elsewhere"
    assert draft_of(town, 5).spot is None


async def test_a_location_alone_starts_a_draft_that_still_needs_words(town: Town) -> None:
    """A place is not a tip."""
    await town.do(citizen.ShareLocation, 5, lat=NINH_KIEU_QUAY[0], lon=NINH_KIEU_QUAY[1])
    await press(town, citizen.DraftStep.CHOOSE, unit="31135")
    assert not town.last(5, DraftCard).may_be_sent
    assert refusal_of(await press(town, citizen.DraftStep.SEND)) == "refused-button-stale"
    await town.do(citizen.Write, 5, text="Có đánh bạc")
    assert town.last(5, DraftCard).may_be_sent


async def test_an_officers_location_starts_nothing(town: Town) -> None:
    """Nor any other text of theirs."""
    await town.do(citizen.ShareLocation, 900, lat=NINH_KIEU_QUAY[0], lon=NINH_KIEU_QUAY[1])
    assert town.keys(900)[-1] == "officer-stray-text"


async def test_a_few_letters_offer_what_starts_with_them(town: Town) -> None:
    """Nobody types a whole name."""
    await town.do(citizen.Write, 5, text="Có đánh bạc trong nhà hoang")
    await town.do(citizen.Write, 5, text="cái k")
    card = town.last(5, DraftCard)
    assert CAI_KHE in [choice.unit for choice in card.choices]
    assert card.pieces == 2


async def test_every_unit_can_be_reached_through_its_old_district(town: Town) -> None:
    """For whoever knows only the names of before."""
    await town.do(citizen.Write, 5, text="Có đánh bạc trong nhà hoang")
    districts: list[str] = []
    page: str | None = "p0"
    while page is not None:
        await press(town, citizen.DraftStep.PICK, page=page)
        shown = town.last(5, PlacePicker)
        districts += [choice.pick for choice in shown.choices]
        page = shown.forward
    assert len(districts) == len(PLACES.districts)
    reached: set[str] = set()
    for district in districts:
        page = district
        while page is not None:
            await press(town, citizen.DraftStep.PICK, page=page)
            shown = town.last(5, PlacePicker)
            assert isinstance(town.sent[5][-1], EditCard | Answer)
            reached |= {choice.pick for choice in shown.choices}
            page = shown.forward
    assert reached >= {unit.code for unit in PLACES.places}
    await press(town, citizen.DraftStep.CHOOSE, unit="31120")
    assert town.last(5, DraftCard).place == "Phường Cái Khế"


async def test_a_forged_page_is_turned_down(town: Town) -> None:
    """A button names things and permits nothing."""
    await town.do(citizen.Write, 5, text="Có đánh bạc trong nhà hoang")
    for page in ("p99", "d000", "d916-99", "x", "31135"):
        assert refusal_of(await press(town, citizen.DraftStep.PICK, page=page)) == "refused-button-stale"
    for unit in ("92", "92-ttra", "92-truc", "99999"):
        assert refusal_of(await press(town, citizen.DraftStep.CHOOSE, unit=unit)) == "refused-button-stale"


async def test_a_name_the_admin_adds_is_read_at_once(town: Town) -> None:
    """And by nobody else's word."""
    await town.enrol(960, Role.ADMIN, PLACES.city)
    story = "Có đánh bạc sau quán cà phê Hoàng Lan Tím"
    await town.do(citizen.Write, 5, text=story)
    assert town.last(5, DraftCard).place is None
    assert refusal_of(await town.do(people.AddAlias, 900, words="31120 Hoàng Lan Tím")) == "refused-not-allowed"
    await town.do(people.AddAlias, 960, words="31120 quán cà phê Hoàng Lan Tím")
    assert town.keys(960)[-1] == "alias-added"
    await town.do(citizen.Write, 6, text=story)
    assert town.last(6, DraftCard).place == "Phường Cái Khế"
    for words, key in (
        ("31120", "refused-usage"),
        ("99999 chợ Mới Toanh", "refused-no-such-unit"),
        ("31120 a", "refused-alias-unusable"),
        ("31120 Ninh Kiều", "refused-alias-unusable"),
    ):
        assert refusal_of(await town.do(people.AddAlias, 960, words=words)) == key


async def test_names_added_by_an_operator_are_learnt_at_the_next_look(town: Town) -> None:
    """The command line is another process."""
    town.executor.state.aliases["quán cà phê Hoàng Lan Tím"] = CAI_KHE
    await town.ask(town.startup.learn, Chore())
    await town.do(citizen.Write, 6, text="Có đánh bạc sau quán cà phê Hoàng Lan Tím")
    assert town.last(6, DraftCard).place == "Phường Cái Khế"
