"""What becomes of a tip, as the citizen sees it."""

from tests.transcripts.stage import Story, Town
from tests.transcripts.stories.reporting import DRUGS, PAGE_OF_WORDS


async def the_state_of_ones_tips(town: Town) -> None:
    """A list, a card for each, and the code that opens a tip from any phone; guessing ends after ten tries."""
    lan, ba = town.citizen("Lan"), town.citizen("Ba")
    await lan.write("/trangthai")
    await lan.has_reported(DRUGS)
    code = lan.code
    await lan.has_reported("Có trộm xe máy ở phường Ninh Kiều")
    await lan.write("/trangthai")
    await lan.press("1. Tin ngày 23/11/2026, ma túy")
    await ba.write(code)
    await ba.write(f"/trangthai {code}")
    await ba.write("/status")
    for last in range(10):
        await ba.write(f"1111 2222 3333 444{last}")
    await ba.write(code)
    await town.wait(hours=1)
    await ba.write(code)


async def a_question_read_and_answered(town: Town) -> None:
    """The question shows only when it is opened; the answer reaches the officer who asked."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.press("Mở tin 1")
    await hung.press("Hỏi người báo")
    await hung.write("Nhóm đó thường tụ tập lúc mấy giờ?")
    await lan.write("/trangthai")
    await lan.press("Xem")
    await lan.write("Khoảng 9 giờ tối, có hôm 5 người")
    await lan.press("Xem tin này")
    await hung.press("Mở tin 1")
    await hung.write("/hoi 1 Họ đi xe gì?")
    await hung.write("/hoi\n1 Có biển số không?")
    await lan.press("Xem")


async def more_than_one_message_can_show(town: Town) -> None:
    """A long talk is read in pages, forward and back; nothing of it is left out."""
    hung, lan = await town.officer("Hùng"), town.citizen("Lan")
    await lan.has_reported(DRUGS)
    for _ in range(2):
        await hung.write(f"/hoi 1 {'Nhóm đó đi xe gì, mặc áo gì? ' * 60}")
        await lan.press("Xem")
        await lan.write("Xe máy đen, áo đỏ, đi hướng cầu Cái Khế. " * 50)
    await lan.write("/trangthai")
    await lan.press("1. Tin ngày 23/11/2026, ma túy")
    await lan.press("Đọc hết")
    await lan.press("→")
    await lan.press("←")
    await hung.write(f"/hoi 1 {'Đồ < cũ & mới? ' * 260}")
    await lan.press("Xem")
    await hung.write("/tin 1")
    await hung.press("Đọc hết")
    await hung.press("→")


async def slashes_that_are_no_commands(town: Town) -> None:
    """A citizen's slash is taken off, an officer's text is never stored; an officer locks and does not wipe."""
    hung, lan = await town.officer("Hùng"), town.citizen("Lan")
    await lan.write("/")
    await lan.write("/có nhóm hút chích ở phường Cái Khế")
    await lan.press("Gửi tin")
    await hung.write("/đóng 1")
    await hung.write("/xoa")
    await hung.write("/giatri 1 vu 9: đã xác minh và bắt quả tang")


async def a_question_for_later(town: Town) -> None:
    """Who cannot answer now finds the question again in the list, and an answered one shows nothing new."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.write("/hoi 1 Họ đi xe gì?")
    await lan.press("Xem")
    await lan.press("Để sau")
    await lan.write("/trangthai")
    await lan.press("1. Tin ngày 23/11/2026, ma túy")
    await lan.press("Trả lời")
    await lan.write("Xe máy màu đen")
    await lan.press_late("Xem")
    await lan.write("Ở phường Ninh Kiều có sòng bạc")


async def more_words_for_a_sent_tip(town: Town) -> None:
    """They are added while the tip takes them; what is too much becomes a draft of its own."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.write("/nhan 1")
    await lan.press("Thêm")
    await lan.write("Họ mới chuyển sang nhà kho bên cạnh")
    await hung.press("Mở tin 1")
    for _ in range(4):
        await lan.press("Thêm")
        await lan.write(PAGE_OF_WORDS[:4000].strip())
    await hung.write("/tin 1")
    await hung.write(f"/hoi 1 {PAGE_OF_WORDS[:4040].strip()}")


async def a_tip_withdrawn(town: Town) -> None:
    """After one more question; the officer's open card folds, and nothing can be done with the tip any more."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.press("Mở tin 1")
    await hung.press("Nhận xử lý")
    await lan.press("Rút lại")
    await lan.press("Hủy")
    await lan.press("Rút lại")
    await lan.press("Rút tin")
    await lan.press_late("Rút tin")
    await lan.press("Xem tin này")
    await lan.press("Thêm")
    await lan.press("Rút lại")
    await hung.write("/tin 1")
    await hung.write("/nhan 1")
    await hung.write("/dong 1")
    await hung.write("/hangdoi")


async def replies_that_are_not_wanted(town: Town) -> None:
    """One tip's reply route is cut by its button, all of them by the command; the officer cannot ask any more."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await lan.press("Ngừng trả lời")
    await lan.press("Ngừng trả lời")
    await hung.write("/tin 1")
    await hung.write("/hoi 1 Họ đi xe gì?")
    await lan.has_reported("Có trộm xe máy ở phường Cái Khế")
    await lan.write("/ngung")
    await lan.press("Ngừng trả lời")
    await hung.write("/hoi 2 Mất lúc nào?")
    await lan.write("/trangthai")


async def traces_wiped(town: Town) -> None:
    """The messages go, the chat is forgotten, the reply route is cut; the code still works."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.start()
    await lan.write(DRUGS)
    await lan.press("Gửi tin")
    code = lan.code
    await lan.write("/xoa")
    await lan.press("Hủy")
    await lan.press("Xóa dấu vết")
    await lan.press("Xóa dấu vết")
    await lan.press_late("Xem tin này")
    await lan.write("/trangthai")
    await lan.write(code)
    await hung.write("/hoi 1 Họ đi xe gì?")
    await town.wait(days=3)
    await lan.write("/xoa")
    await lan.press("Xóa dấu vết")


async def in_english(town: Town) -> None:
    """A citizen who asks for English is spoken to in English, from the draft to the answer, and can go back."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.write("/ngonngu")
    await lan.press("English")
    await lan.start()
    await lan.write(DRUGS)
    await lan.press("Send tip")
    await hung.write("/hoi 1 Họ đi xe gì?")
    await lan.press("Show")
    await lan.write("Xe máy màu đen")
    await lan.write("/status")
    await lan.write("/help")
    await lan.write("/privacy")
    await lan.write("/wipe")
    await lan.write("/language")
    await lan.press("Tiếng Việt")


async def the_end_is_told_later(town: Town) -> None:
    """That a tip is settled is told half a day later; words that come after the end become a new draft."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.write("/hoi 1 Họ đi xe gì?")
    await lan.press("Xem")
    await hung.write("/khong 1")
    await lan.write("/trangthai")
    await lan.write("Xe máy màu đen")
    await town.wait(hours=13)
    await town.wait(hours=2)
    await lan.write("/trangthai")
    await lan.press("1. Tin ngày 23/11/2026, ma túy")
    await lan.press("Thêm")


async def what_has_lived_long_enough(town: Town) -> None:
    """After a week the reply route is gone, after ninety days the words and the code."""
    hung = await town.officer("Hùng")
    lan, ba = town.citizen("Lan"), town.citizen("Ba")
    await lan.has_reported(DRUGS)
    await hung.write("/khong 1")
    await town.wait(days=8)
    await hung.write("/molai 1")
    await hung.write("/tin 1")
    await hung.write("/dong 1")
    await town.wait(days=91)
    await hung.write("/molai 1")
    await hung.write("/tin 1")
    await lan.write("/trangthai")
    await ba.write(lan.code)


async def a_chat_that_does_not_take_messages(town: Town) -> None:
    """A citizen blocks the bot and comes back; a card that was deleted is sent anew."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await lan.block()
    await hung.write("/hoi 1 Họ đi xe gì?")
    await lan.unblock()
    await lan.write("/trangthai")
    await lan.press("1. Tin ngày 23/11/2026, ma túy")
    await lan.press("Trả lời")
    hung.delete("Có giá trị")
    await lan.write("Xe máy màu đen")
    await hung.press("Mở tin 1")


STORIES: tuple[Story, ...] = (
    the_state_of_ones_tips,
    a_question_read_and_answered,
    more_than_one_message_can_show,
    slashes_that_are_no_commands,
    a_question_for_later,
    more_words_for_a_sent_tip,
    a_tip_withdrawn,
    replies_that_are_not_wanted,
    traces_wiped,
    in_english,
    the_end_is_told_later,
    what_has_lived_long_enough,
    a_chat_that_does_not_take_messages,
)
