"""The officer's work on tips."""

from tests.transcripts.stage import Story, Town
from tests.transcripts.stories.reporting import DRUGS

EVERY_KIND = (
    "Có nhóm hút chích",
    "Có trộm xe máy",
    "Có cướp giật túi xách",
    "Có đánh bài ăn tiền",
    "Có người cho vay nặng lãi đòi nợ",
    "Có kẻ lừa đảo chuyển khoản",
    "Có đám đánh nhau hỗn chiến",
    "Có mại dâm trá hình",
    "Có người buôn lậu thuốc lá",
    "Có tên trốn truy nã",
    "Đang cháy nhà",
    "Có đua xe trái phép",
    "Có người đổ rác thải xuống sông",
    "Có người bạo hành trẻ em",
    "Có người hack tài khoản facebook, phát tán clip",
    "Có chuyện lạ",
)
EVIDENCE = "Tổ công tác đã xác minh và bắt quả tang tại hẻm"


async def an_officer_looks_around(town: Town) -> None:
    """Help, an empty queue, forms of commands, words that nobody asked for, a tip that is none of theirs."""
    hung = await town.officer("Hùng")
    await town.officer("Mai", "31135")
    lan = town.citizen("Lan")
    await hung.start()
    await hung.write("/hangdoi")
    await hung.write("/tin")
    await hung.write("/tin 7")
    await hung.write("có trộm ở phường Cái Khế")
    await lan.has_reported("Có trộm xe máy ở phường Ninh Kiều")
    await hung.write("/tin 1")
    await hung.write("/trung 1")
    await hung.write("/language")
    await hung.press("English")
    await hung.write("/queue")


async def a_long_queue(town: Town) -> None:
    """Sixteen tips, one of each kind: two pages, the most pressing first; time makes them overdue."""
    hung = await town.officer("Hùng")
    for number, words in enumerate(EVERY_KIND):
        await town.citizen(f"Người {number}").has_reported(f"{words} ở phường Cái Khế")
    await hung.write("/hangdoi")
    await hung.press("→")
    await hung.press("12")
    await hung.press("Nhận xử lý")
    await hung.press("←")
    await town.wait(hours=25)
    await hung.write("/hangdoi")
    await hung.press("→")


async def a_card_opened_and_folded(town: Town) -> None:
    """By its command, by the notice's button, by the queue; folded one by one, or all at once with /khoa."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await lan.has_reported("Có trộm xe máy ở phường Cái Khế")
    await hung.press("Mở tin 1")
    await hung.press("Gập thẻ")
    await hung.press("Mở tin 1")
    await hung.write("/tin 2")
    await hung.write("/tin 2")
    await hung.write("/khoa")
    await hung.write("/hangdoi")
    await hung.press("2")


async def two_officers_and_one_tip(town: Town) -> None:
    """The second to claim is told; a button on a card that has changed since shows the card anew."""
    hung, mai = await town.officer("Hùng"), await town.officer("Mai")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.press("Mở tin 1")
    await mai.press("Mở tin 1")
    await hung.press("Nhận xử lý")
    await mai.press("Nhận xử lý")
    await mai.write("/nhan 1")
    await hung.press_late("Nhận xử lý")
    await lan.press("Thêm")
    await lan.write("Họ mới chuyển sang nhà kho bên cạnh")
    await mai.press("Không dùng được")
    await mai.write("/hangdoi")
    await hung.write("/hangdoi")


async def buttons_of_an_older_card(town: Town) -> None:
    """Whatever is pressed on a card that has changed since: the card is shown as it is now, and nothing happens."""
    hung, mai = await town.officer("Hùng"), await town.officer("Mai")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await mai.press("Mở tin 1")
    await hung.write("/nhan 1")
    await mai.press("Có giá trị")
    await hung.write(f"/giatri 1 {EVIDENCE}")
    await mai.press("Rác")
    for label in ("Rút kết luận", "Đóng tin"):
        with town.unrecorded():
            await lan.press("Thêm")
            await lan.write("Họ mới chuyển sang nhà kho bên cạnh")
        await mai.press(label)
    await hung.write("/dong 1")
    await mai.write("/tin 1")
    await hung.write("/molai 1")
    await mai.press("Mở lại")


async def an_officer_in_english(town: Town) -> None:
    """Cards, prompts and figures speak the officer's language, whatever the reporter's is."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await hung.write("/language")
    await hung.press("English")
    await lan.has_reported(DRUGS)
    await hung.write("/queue")
    await hung.press("1")
    await hung.write("/claim 1")
    await hung.write("/ask 1 Họ đi xe gì?")
    await hung.write("/valuable 1")
    await hung.write(EVIDENCE)
    await hung.write("/outcome 1 vu 1")
    await hung.write("/close 1")
    await hung.write("/stats")
    await hung.write("/help")
    await hung.write("/lock")


async def a_prompt_that_is_left(town: Town) -> None:
    """A question that was begun is dropped by its button or by any command; the next words go nowhere."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.write("/hoi 1")
    await hung.press("Hủy")
    await hung.write("Họ đi xe gì?")
    await hung.write("/hoi 1")
    await hung.write("/hangdoi")
    await hung.write("Họ đi xe gì?")
    await hung.write("/hoi mấy giờ")


async def a_question_that_is_not_asked(town: Town) -> None:
    """Who the reporter is, and ways out of the chat, are not asked; a picture or an edit leaves what is waited for."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.write("/hoi 1 Bạn tên gì, cho xin số điện thoại?")
    await hung.write("/hoi 1")
    await hung.write("Bạn vào hinhanh24.net xem có phải nó không")
    await hung.write("/hoi 1")
    await hung.send("photo")
    await hung.edit("Nó tên gì vậy bạn?")
    await hung.write("Nó tên gì, ở đâu?")


async def a_valuable_source_and_what_came_of_it(town: Town) -> None:
    """The note is asked for and must be a sentence; outcomes are recorded, mended and bounded; then it is closed."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.press("Mở tin 1")
    await hung.write("/ketqua 1 vu 1")
    await hung.press("Có giá trị")
    await hung.write("đúng")
    await hung.press("Có giá trị")
    await hung.write(EVIDENCE)
    await hung.press("Ghi kết quả")
    await hung.write("vu 1 bat 2")
    await hung.write("/ketqua 1 truyna 1, bat -1")
    await hung.write("/ketqua 1 bat -9")
    await hung.write("/ketqua 1 nhiều lắm")
    await hung.write("/ketqua 1 vu 5000")
    await hung.write("/giatri 1 thêm một lần nữa cho chắc")
    await hung.press("Đóng tin")
    await hung.write("/dong 1")
    await town.wait(hours=13)


async def several_tips_in_one_case(town: Town) -> None:
    """A case is chosen by button or by number; the case of another unit is none."""
    hung, mai = await town.officer("Hùng"), await town.officer("Mai", "31135")
    lan, ba, tu = town.citizen("Lan"), town.citizen("Ba"), town.citizen("Tư")
    await lan.has_reported(DRUGS)
    await ba.has_reported("Có người bán ma túy ở phường Cái Khế")
    await tu.has_reported("Có kẻ chích ma túy ở phường Cái Khế")
    await lan.has_reported("Có sòng bạc ở phường Ninh Kiều")
    await hung.write(f"/giatri 1 {EVIDENCE}")
    await hung.press("Mở tin 2")
    await hung.press("Có giá trị")
    await hung.press("Quay lại")
    await hung.write("/tin 2")
    await hung.press("Có giá trị")
    await hung.press("Vụ việc số 1")
    await hung.write(EVIDENCE)
    await hung.write(f"/giatri 3 vu 1: {EVIDENCE}")
    await mai.write(f"/giatri 4 vu 1: {EVIDENCE}")
    await mai.write("/giatri 4")
    await mai.write(EVIDENCE)
    await lan.has_reported("Có người hút chích ở phường Cái Khế")
    await hung.write("/tin 5")
    await hung.press("Có giá trị")
    await hung.press("Vụ việc mới")
    await hung.write(EVIDENCE)


async def tips_that_are_not_useful(town: Town) -> None:
    """By button after one more question, by command at once; a duplicate names the other tip."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    for words in EVERY_KIND[:5]:
        await lan.has_reported(f"{words} ở phường Cái Khế")
    await hung.write("/tin 1")
    await hung.press("Không dùng được")
    await hung.press("Quay lại")
    await hung.press("Không dùng được")
    await hung.press("Đúng vậy")
    await hung.write("/tin 2")
    await hung.press("Rác")
    await hung.press("Đúng vậy")
    await hung.write("/rac 3")
    await hung.write("/trung 4 4")
    await hung.write("/trung 4 99")
    await hung.write("/trung 4 1")
    await hung.write("/rac 4")
    await hung.write("/hangdoi")


async def a_verdict_taken_back(town: Town) -> None:
    """Closing needs a verdict; a closed tip opens again, and its verdict can be taken back."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.write("/dong 1")
    await hung.write("/rutketluan 1")
    await hung.write(f"/giatri 1 {EVIDENCE}")
    await hung.press("Rút kết luận")
    await hung.press("Quay lại")
    await hung.press("Đóng tin")
    await hung.press("Mở tin 1")
    await hung.press("Mở lại")
    await hung.write("/molai 1")
    await hung.press("Nhận xử lý")
    await hung.press("Rút kết luận")
    await hung.press("Đúng vậy")
    await hung.write("/khong 1")
    await hung.write("/rutketluan 1")
    await hung.press("Đúng vậy")


async def tips_from_outside_the_bot(town: Town) -> None:
    """By phone, by letter, by a visit: asked for step by step, or all in one command; nobody can be asked back."""
    hung, mai = await town.officer("Hùng"), await town.officer("Mai")
    await hung.write("/tinngoai")
    await hung.press("điện thoại")
    await hung.write("Có người gọi báo mất xe máy lúc 5 giờ sáng")
    await hung.write("/tinngoai thu Thư báo có sòng bạc sau chợ")
    await hung.write("/tinngoai Trực tiếp Bà con đến báo có người lạ")
    await hung.write("/tinngoai tructiep Bà con đến báo có người lạ")
    await hung.write("/tinngoai dienthoai")
    await hung.press("Hủy")
    await hung.write("/tinngoai")
    await hung.press("thư")
    await hung.press("Hủy")
    await hung.write("/hoi 1 Mấy giờ?")
    await mai.press("Mở tin 1")


STORIES: tuple[Story, ...] = (
    an_officer_looks_around,
    a_long_queue,
    a_card_opened_and_folded,
    two_officers_and_one_tip,
    buttons_of_an_older_card,
    an_officer_in_english,
    a_prompt_that_is_left,
    a_question_that_is_not_asked,
    a_valuable_source_and_what_came_of_it,
    several_tips_in_one_case,
    tips_that_are_not_useful,
    a_verdict_taken_back,
    tips_from_outside_the_bot,
)
