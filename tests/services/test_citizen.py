"""The citizen's path: nothing is lost, nothing is sent without a tap, and the tip belongs to its sender."""

from datetime import timedelta

import pytest

from bot.domain.drafting import DRAFT_LIMIT
from bot.domain.ids import Handle, TipNumber
from bot.domain.outgoing import EditCard
from bot.domain.screens.citizen import (
    DraftCard,
    NewMessage,
    OfficerQuestion,
    OwnTipCard,
    OwnTipList,
    PlainState,
    Receipt,
    Welcome,
)
from bot.domain.screens.officer import Notice
from bot.domain.text.categories import Category, Service
from bot.domain.tip import Status
from bot.services.background.retention import expire
from bot.services.commands import citizen, officer
from tests.services.town import CAI_KHE, NINH_KIEU, PLACES, TIP, Town, refusal_of


async def test_any_message_starts_a_draft_and_nothing_is_sent_without_a_tap(town: Town) -> None:
    """No menu first, and no tip by accident."""
    await town.do(citizen.Write, 5, text=TIP)
    card = town.last(5, DraftCard)
    assert (card.place, card.category, card.may_be_sent) == ("Phường Cái Khế", Category.DRUGS, True)
    assert town.executor.state.tips == {}


async def test_sending_stores_the_tip_and_shows_the_receipt(town: Town) -> None:
    """One message and one tap."""
    number = await town.report(5)
    receipt = town.last(5, Receipt)
    assert town.executor.state.receipts[receipt.code] == number
    assert town.executor.state.contents[number].words == TIP
    assert town.executor.state.routes[number] == 5
    notice = town.last(900, Notice)
    assert (notice.tip, notice.what) == (number, "new")


async def test_a_second_tap_on_send_makes_no_second_tip(town: Town) -> None:
    """A slow network makes people press twice."""
    await town.report(5)
    await town.do(citizen.PressDraft, 5, pressed=True, handle=town.handle(5), step=citizen.DraftStep.SEND)
    assert len(town.executor.state.tips) == 1
    assert "draft-sent-already" in town.keys(5)


async def test_words_written_before_sending_are_added_to_the_draft(town: Town) -> None:
    """People write in pieces."""
    await town.do(citizen.Write, 5, text=TIP)
    await town.report(5, "Có hai chiếc xe máy")
    assert town.executor.state.contents[TipNumber(1)].words == f"{TIP}\nCó hai chiếc xe máy"


async def test_an_unclear_place_is_asked_and_not_remembering_goes_to_the_city_duty(town: Town) -> None:
    """The citizen never has to know who is responsible."""
    await town.do(citizen.Write, 5, text="Có đánh bạc trong nhà hoang")
    card = town.last(5, DraftCard)
    assert (card.place_state, card.may_be_sent) == ("asked", False)
    early = await town.do(citizen.PressDraft, 5, pressed=True, handle=card.handle, step=citizen.DraftStep.SEND)
    assert refusal_of(early) == "refused-button-stale"
    await town.do(citizen.PressDraft, 5, pressed=True, handle=card.handle, step=citizen.DraftStep.FORGOT)
    await town.do(citizen.PressDraft, 5, pressed=True, handle=card.handle, step=citizen.DraftStep.SEND)
    assert town.executor.state.tips[TipNumber(1)].unit == PLACES.duty


async def test_a_place_typed_after_the_question_settles_it_and_is_kept(town: Town) -> None:
    """A bare name is an answer, and evidence like any other word."""
    await town.do(citizen.Write, 5, text="Có đánh bạc trong nhà hoang")
    await town.do(citizen.Write, 5, text="phường ninh kieu")
    card = town.last(5, DraftCard)
    assert (card.place, card.pieces) == ("Phường Ninh Kiều", 2)


async def test_what_is_told_while_the_place_is_asked_reaches_the_officer(town: Town) -> None:
    """People in danger write short lines, and do not answer questions in order."""
    lines = ["alo", "tụi nó đang chém nhau nè", "có thằng cầm mã tấu", "phường Cái Khế"]
    for line in lines:
        await town.do(citizen.Write, 5, text=line)
    card = town.last(5, DraftCard)
    assert (card.urgent, card.emergency, card.place) == (True, Service.POLICE, "Phường Cái Khế")
    await town.do(citizen.PressDraft, 5, pressed=True, handle=card.handle, step=citizen.DraftStep.SEND)
    assert town.executor.state.tips[TipNumber(1)].urgent
    assert town.executor.state.contents[TipNumber(1)].words == "\n".join(lines)


async def test_what_is_told_after_changing_the_place_reaches_the_officer(town: Town) -> None:
    """A button asks one thing; the person may say another."""
    await town.do(citizen.Write, 5, text=TIP)
    handle = town.last(5, DraftCard).handle
    await town.do(citizen.PressDraft, 5, pressed=True, handle=handle, step=citizen.DraftStep.PLACE)
    await town.do(citizen.Write, 5, text="biển số 65B1-234.56")
    await town.do(citizen.Write, 5, text="phường Ninh Kiều")
    assert town.last(5, DraftCard).place == "Phường Ninh Kiều"
    await town.do(citizen.PressDraft, 5, pressed=True, handle=handle, step=citizen.DraftStep.SEND)
    assert town.executor.state.contents[TipNumber(1)].words == f"{TIP}\nbiển số 65B1-234.56\nphường Ninh Kiều"


async def test_what_is_told_after_sharing_a_location_reaches_the_officer(town: Town) -> None:
    """The nearest places stay to be chosen from, and the words are the tip."""
    await town.do(citizen.ShareLocation, 5, lat=10.045, lon=105.78)
    await town.do(citizen.Write, 5, text="đang đánh nhau, có dao")
    card = town.last(5, DraftCard)
    assert (card.urgent, card.pieces, card.place_state, len(card.choices)) == (True, 1, "unsure", 3)


async def test_a_place_that_is_not_understood_is_said_to_be_so_and_a_story_is_not(town: Town) -> None:
    """Told "no such place" about their cry for help, people would think that it was not heard."""
    await town.do(citizen.Write, 5, text="Có đánh bạc trong nhà hoang")
    await town.do(citizen.Write, 5, text="xóm Cây Me")
    assert town.last(5, DraftCard).not_found
    await town.do(citizen.Write, 5, text="nó cầm mã tấu kìa")
    assert not town.last(5, DraftCard).not_found
    assert town.last(5, DraftCard).pieces == 3


async def test_what_a_full_draft_cannot_hold_is_said_not_to_be_taken(town: Town) -> None:
    """Also while the place is asked: nothing goes away without a word."""
    await town.do(citizen.Write, 5, text="a" * (DRAFT_LIMIT - 10))
    await town.do(citizen.Write, 5, text="đang đánh nhau bên đường")
    assert town.keys(5) == ["draft-full"]
    assert town.last(5, DraftCard).pieces == 1


async def test_danger_that_a_full_draft_cannot_hold_is_heard(town: Town) -> None:
    """The words are not taken, but whoever writes them is told whom to call, and the tip goes first."""
    await town.do(citizen.Write, 5, text="a" * (DRAFT_LIMIT - 60))
    assert town.last(5, DraftCard).emergency is None
    await town.do(citizen.Write, 5, text="đang đánh nhau có dao " + "ở phường Cái Khế" * 5)
    assert town.last(5, DraftCard).emergency is Service.POLICE
    await town.do(citizen.Write, 5, text="phường Cái Khế")
    card = town.last(5, DraftCard)
    assert (card.emergency, card.urgent) == (Service.POLICE, True)
    await town.do(citizen.PressDraft, 5, pressed=True, handle=card.handle, step=citizen.DraftStep.SEND)
    assert town.last(5, Receipt).emergency is Service.POLICE
    assert town.last(900, Notice).urgent


async def test_a_long_text_after_the_question_is_not_lost(town: Town) -> None:
    """Whoever goes on telling must not be cut off."""
    story = "Ngôi nhà màu xanh bên phải, cửa sắt, tối nào cũng đông người ra vào, có xe lạ đậu trước cửa"
    await town.do(citizen.Write, 5, text="Có đánh bạc trong nhà hoang")
    await town.do(citizen.Write, 5, text=story)
    assert town.last(5, DraftCard).pieces == 2
    conversation = town.conversation(5)
    assert conversation is not None
    assert conversation.draft is not None
    assert story in conversation.draft.words


async def test_a_chosen_place_is_not_changed_by_later_words(town: Town) -> None:
    """What the person said stands."""
    await town.do(citizen.Write, 5, text="Có trộm")
    handle = town.last(5, DraftCard).handle
    await town.do(citizen.PressDraft, 5, pressed=True, handle=handle, step=citizen.DraftStep.CHOOSE, unit=NINH_KIEU)
    await town.do(citizen.Write, 5, text="chúng chạy về phường Cái Khế")
    assert town.last(5, DraftCard).place == "Phường Ninh Kiều"


async def test_a_poster_s_link_is_a_hint_and_a_forged_one_a_plain_opening(town: Town) -> None:
    """A payload can be made up by anyone."""
    await town.do(citizen.Start, 5, payload="w31120")
    assert town.last(5, Welcome).place == "Phường Cái Khế"
    await town.do(citizen.Write, 5, text="Có đánh nhau")
    assert [choice.unit for choice in town.last(5, DraftCard).choices] == [CAI_KHE]
    for payload in ("w99999", "w92", "w92-ttra", "x", "w", "i"):
        await town.do(citizen.Start, 6, payload=payload)
        assert town.last(6, Welcome).place is None


async def test_danger_now_is_urgent_and_names_whom_to_call(town: Town) -> None:
    """The tip still goes through."""
    await town.do(citizen.Write, 5, text="Đang đánh nhau bằng dao ở phường Cái Khế, có người bị chém")
    card = town.last(5, DraftCard)
    assert card.urgent
    assert card.emergency in set(Service)


async def test_cancelling_keeps_nothing(town: Town) -> None:
    """They changed their mind."""
    await town.do(citizen.Write, 5, text=TIP)
    handle = town.last(5, DraftCard).handle
    await town.do(citizen.PressDraft, 5, pressed=True, handle=handle, step=citizen.DraftStep.CANCEL)
    conversation = town.conversation(5)
    assert conversation is not None
    assert conversation.draft is None
    again = await town.do(citizen.PressDraft, 5, pressed=True, handle=handle, step=citizen.DraftStep.SEND)
    assert refusal_of(again) == "refused-button-stale"


async def test_a_question_reaches_the_citizen_hidden_and_the_answer_comes_back(town: Town) -> None:
    """Someone may be looking over the shoulder."""
    number = await town.report(5)
    await town.do(officer.Ask, 900, tip=number, text="Lúc mấy giờ?")
    handle = town.last(5, NewMessage).handle
    assert all(not isinstance(each.screen, OfficerQuestion) for each in town.sent[5])
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.READ)
    assert town.last(5, OfficerQuestion).text == "Lúc mấy giờ?"
    await town.do(citizen.Write, 5, text="Chín giờ tối")
    assert [each.text for each in town.executor.state.contents[number].exchanges] == ["Lúc mấy giờ?", "Chín giờ tối"]
    assert town.last(900, Notice).what == "answered"
    await town.do(citizen.Write, 5, text="Chuyện khác ở phường Cái Khế")
    assert town.last(5, DraftCard).pieces == 1


async def test_a_long_question_is_read_in_pages_and_can_still_be_answered(town: Town) -> None:
    """Reading on is not doing something else."""
    number = await town.report(5)
    await town.do(officer.Ask, 900, tip=number, text="Lúc mấy giờ? " * 330)
    handle = town.last(5, NewMessage).handle
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.READ)
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.TURN, page=2)
    assert (type(town.sent[5][-1]), town.last(5, OwnTipCard).page) == (EditCard, 2)
    await town.do(citizen.Write, 5, text="Chín giờ tối")
    assert town.executor.state.contents[number].exchanges[-1].text == "Chín giờ tối"


async def test_an_unopened_question_does_not_swallow_a_new_tip(town: Town) -> None:
    """Only an answer to what was read is an answer."""
    number = await town.report(5)
    await town.do(officer.Ask, 900, tip=number, text="Lúc mấy giờ?")
    await town.do(citizen.Write, 5, text="Cháy ở phường Cái Khế")
    assert town.last(5, DraftCard).category is Category.FIRE
    assert len(town.executor.state.contents[number].exchanges) == 1


async def test_words_that_come_late_are_a_draft_and_answer_nothing(town: Town) -> None:
    """They failed when they were new: what the chat or an officer was asked since, they cannot be about."""
    number = await town.report(5)
    await town.do(officer.Ask, 900, tip=number, text="Lúc mấy giờ?")
    handle = town.last(5, NewMessage).handle
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.READ)
    await town.do(officer.Ask, 900, tip=number)
    await town.do(citizen.Write, 5, text="Cháy ở phường Cái Khế", is_late=True)
    await town.do(citizen.Write, 900, text="Anh ở đâu?", is_late=True)
    assert town.last(5, DraftCard).category is Category.FIRE
    assert town.keys(900)[-1] == "officer-stray-text"
    await town.do(citizen.Write, 5, text="Chín giờ tối")
    await town.do(citizen.Write, 900, text="Mấy người?")
    texts = [each.text for each in town.executor.state.contents[number].exchanges]
    assert texts == ["Lúc mấy giờ?", "Chín giờ tối", "Mấy người?"]


async def test_a_code_opens_the_tip_in_another_chat_and_never_becomes_words(town: Town) -> None:
    """The second key."""
    number = await town.report(5)
    code = town.last(5, Receipt).code
    spaced = " ".join(code[at : at + 4] for at in range(0, 16, 4))
    for text in (code, spaced, f"mã tin: {spaced}", spaced.replace(" ", "-")):
        await town.do(citizen.Write, 6, text=text)
        assert town.last(6, OwnTipCard).state is PlainState.RECEIVED
    assert len(town.executor.state.tips) == 1
    conversation = town.conversation(6)
    assert conversation is not None
    assert conversation.draft is None
    assert [own.number for own in conversation.tips] == [number]


async def test_own_tips_are_listed_with_plain_states(town: Town) -> None:
    """Without detail."""
    number = await town.report(5)
    await town.do(officer.Claim, 900, tip=number)
    await town.do(citizen.ShowOwnTips, 5)
    (line,) = town.last(5, OwnTipList).tips
    assert (line.state, line.has_question) == (PlainState.RECEIVED, False)
    await town.do(citizen.ShowOwnTips, 77)
    assert town.keys(77) == ["own-none"]


async def test_adding_and_withdrawing(town: Town) -> None:
    """The tip stays its sender's."""
    number = await town.report(5)
    handle = town.handle(5)
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.ADD)
    await town.do(citizen.Write, 5, text="Biển số 65A")
    assert town.executor.state.contents[number].exchanges[-1].text == "Biển số 65A"
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.WITHDRAW)
    assert town.executor.state.tips[number].is_open
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.WITHDRAW_SURE)
    assert town.executor.state.tips[number].status is Status.WITHDRAWN
    late = await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.ADD)
    assert refusal_of(late) == "refused-tip-is-over"
    assert await town.off_by() == {}


@pytest.mark.parametrize("step", list(citizen.OwnStep))
async def test_nobody_presses_for_another(town: Town, step: citizen.OwnStep) -> None:
    """A handle means something in its own chat alone."""
    await town.report(5)
    answer = await town.do(citizen.PressOwn, 6, pressed=True, handle=town.handle(5), step=step)
    assert refusal_of(answer) == "refused-button-stale"
    forged = await town.do(citizen.PressOwn, 5, pressed=True, handle=Handle("AAAAAAAA"), step=step)
    assert refusal_of(forged) == "refused-button-stale"


async def test_a_chat_with_an_open_tip_is_not_forgotten(town: Town) -> None:
    """The officer may ask in a week."""
    await town.report(5)
    town.clock.moment += timedelta(days=30)
    await expire(town.executor)
    assert town.conversation(5) is not None


async def test_what_cannot_be_taken_leaves_the_draft_as_it_was(town: Town) -> None:
    """A photo must not cost the words."""
    await town.do(citizen.Write, 5, text=TIP)
    before = town.conversation(5)
    await town.do(citizen.SendUnsupported, 5, kind="photo")
    after = town.conversation(5)
    assert before is not None
    assert after is not None
    assert after.draft == before.draft
    assert town.keys(5) == ["unsupported-photo"]


async def test_words_for_a_tip_that_is_over_become_a_draft_and_are_not_lost(town: Town) -> None:
    """The answer came too late: it is still worth something."""
    number = await town.report(5)
    await town.do(citizen.PressOwn, 5, pressed=True, handle=town.handle(5), step=citizen.OwnStep.ADD)
    await town.do(officer.Judge, 900, tip=number, verdict="not_useful", is_sure=True)
    await town.do(citizen.Write, 5, text="Chúng lại tụ tập ở phường Cái Khế")
    assert "own-over-words-kept-out" in town.keys(5)
    conversation = town.conversation(5)
    assert conversation is not None
    assert conversation.draft is not None
    assert conversation.draft.words == "Chúng lại tụ tập ở phường Cái Khế"


async def test_doing_something_else_ends_the_waiting_for_words(town: Town) -> None:
    """Words meant for one tip must not end up with another."""
    first = await town.report(5)
    handle = town.handle(5)
    second = await town.report(5, "Có đánh bạc ở phường Cái Khế")
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.ADD)
    await town.do(citizen.PressOwn, 5, pressed=True, handle=town.handle(5), step=citizen.OwnStep.OPEN)
    await town.do(citizen.Write, 5, text="Biển số 65A")
    assert town.executor.state.contents[first].exchanges == ()
    assert town.executor.state.contents[second].exchanges == ()
    assert town.last(5, DraftCard).pieces == 1
