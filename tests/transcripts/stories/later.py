"""What comes later by itself, at its usual pace: questions, answers, news of several tips, an urgent tip left alone."""

from tests.transcripts.stage import Story, Town, unhurried

DRUGS = "Tối nào cũng có nhóm hút chích ở phường Cái Khế"
ROBBERY = "Cướp có súng đang xông vào nhà ở phường Cái Khế"


@unhurried
async def questions_and_answers_take_minutes(town: Town) -> None:
    """No phone rings as another one is put down; questions that nobody has read are one message."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await town.wait(minutes=1)
    await hung.write("/hoi 1 Lúc mấy giờ?")
    await hung.write("/hoi 1 Họ đi xe gì?")
    await town.wait(minutes=2)
    await town.wait(minutes=1)
    await hung.write("/hoi 1 Mấy người?")
    await town.wait(minutes=5)
    await lan.press("Xem")
    await lan.write("Khoảng 9 giờ, năm người, đi xe máy")
    await town.wait(minutes=5)
    await town.wait(minutes=1)
    await town.wait(minutes=1)


@unhurried
async def news_of_many_tips_is_one_message(town: Town) -> None:
    """New tips, answers and withdrawals of a minute come together; an urgent one alone, and it rings at night too."""
    hung = await town.officer("Hùng")
    bay = await town.officer("Bảy", role="commander")
    lan, mai, nam = town.citizen("Lan"), town.citizen("Mai"), town.citizen("Năm")
    for each in (lan, mai):
        await each.has_reported(DRUGS)
    await town.wait(minutes=1)
    await hung.write("/hoi 2 Mấy người?")
    await town.wait(minutes=3)
    await mai.press("Xem")
    await mai.write("Năm người")
    await lan.press("Thêm")
    await lan.write("Có thêm hai người")
    await nam.has_reported(DRUGS)
    await nam.press("Xem tin này")
    await town.wait(minutes=2)
    await nam.press("Rút lại")
    await nam.press("Rút tin")
    await town.wait(minutes=6)
    await town.wait(minutes=1)
    await bay.press("Hàng đợi")
    await town.wait(hours=13)
    await lan.write("Trộm xe máy ở phường Cái Khế")
    await lan.press("Gửi tin")
    await town.wait(minutes=1)
    await lan.write(ROBBERY)
    await lan.press("Gửi tin")


@unhurried
async def an_urgent_tip_that_nobody_opens(town: Town) -> None:
    """After a quarter of an hour the level above hears of it, and so does whoever is waiting for help."""
    hung = await town.officer("Hùng")
    await town.officer("Bảy", role="commander")
    lan = town.citizen("Lan")
    await lan.write(ROBBERY)
    await lan.press("Gửi tin")
    await hung.write("/hangdoi")
    await town.wait(minutes=15)
    await hung.write("/hangdoi")
    await hung.write("/nhan 1")


@unhurried
async def an_urgent_tip_without_a_commander(town: Town) -> None:
    """The city duty is told which unit to call; where there is none either, the admin hears that something waits."""
    await town.officer("Hùng")
    duty = await town.officer("Sáu", unit="92-truc")
    admin = await town.officer("Quản", unit="92", role="admin")
    lan = town.citizen("Lan")
    await lan.write(ROBBERY)
    await lan.press("Gửi tin")
    await town.wait(minutes=15)
    await admin.write(f"/thuhoi {duty.number}")
    await lan.write(f"{ROBBERY} lần nữa")
    await lan.press("Gửi tin")
    await town.wait(minutes=15)


STORIES: tuple[Story, ...] = (
    questions_and_answers_take_minutes,
    news_of_many_tips_is_one_message,
    an_urgent_tip_that_nobody_opens,
    an_urgent_tip_without_a_commander,
)
