"""How people of the force come and go, and who hears what when they do."""

from tests.transcripts.stage import Story, Town
from tests.transcripts.stories.reporting import DRUGS


async def the_first_admin(town: Town) -> None:
    """Invited and confirmed from the server; until then nothing is shown but the waiting."""
    token = await town.invited("admin")
    nga, ba = town.citizen("Nga"), town.citizen("Ba")
    await nga.start(token)
    await nga.write("tôi vào chưa")
    await nga.write("/danhsach")
    await ba.start(token)
    await town.confirmed(nga.number)
    await nga.write("/trogiup")
    await nga.write("/danhsach")
    await nga.start(token)


async def an_invitation_for_each_role(town: Town) -> None:
    """By words, by button; whoever opens the link waits for the inviter, who confirms or does not."""
    nga = await town.officer("Nga", "92", "admin")
    for number, words in enumerate(("chihuy 31120", "canbo 31120", "thanhtra", "bcd138", "quantri")):
        await nga.write(f"/moi {words}")
        person = town.citizen(f"Người {number}")
        await person.start(nga.link)
        if words == "thanhtra":
            await town.confirmed(person.number)
        else:
            await nga.press("Đúng, xác nhận")
    await nga.write("/moi 31120")
    await nga.press("chỉ huy")
    lan = town.citizen("Lan")
    await lan.start(nga.link)
    await nga.write("/danhsach")
    await nga.press("Không phải")
    await lan.write("xin chào")
    await nga.write("/moi canbo 99999")
    await nga.write("/danhsach")
    await nga.press_late("Đúng, xác nhận")


async def an_invitation_by_button(town: Town) -> None:
    """The roles to choose from are those the inviter may give at a unit."""
    nga, sau = await town.officer("Nga", "92", "admin"), await town.officer("Sáu", "31120", "commander")
    for label in ("cán bộ", "chỉ huy"):
        await nga.write("/moi 31135")
        await nga.press(label)
    for label in ("thanh tra", "Ban Chỉ đạo 138", "quản trị"):
        await nga.write("/moi")
        await nga.press(label)
    await sau.write("/moi")
    await sau.press("cán bộ")
    await sau.write("/moi 31135")
    await sau.write("/moi canbo 31135")
    await sau.write("/trogiup")


async def invitations_that_lead_nowhere(town: Town) -> None:
    """One that is used, one that is too old, one that never was, and one opened by someone who has a role already."""
    nga, hung = await town.officer("Nga", "92", "admin"), await town.officer("Hùng")
    await nga.write("/moi canbo 31120")
    first, ba = nga.link, town.citizen("Ba")
    await hung.start(first)
    await ba.start("iAAAAAAAAAAAAAAAAAAAAAA")
    await town.wait(hours=49)
    await ba.start(first)
    await nga.write("/hangdoi")


async def a_commander_and_the_units_below(town: Town) -> None:
    """The city's commander sees every queue, invites officers by button, lists them and ends a role."""
    bay = await town.officer("Bảy", "92", "commander")
    lan, hung = town.citizen("Lan"), town.citizen("Hùng")
    await lan.has_reported(DRUGS)
    await bay.write("/danhsach")
    await bay.write("/moi 31120")
    await bay.press("cán bộ")
    await hung.start(bay.link)
    await bay.press("Đúng, xác nhận")
    await hung.write("/hangdoi")
    await hung.press("1")
    await hung.press("Nhận xử lý")
    await bay.write("/hangdoi")
    await bay.press("1")
    await bay.write("/moi quantri")
    await bay.write("/danhsach")
    await bay.press("Thu hồi số 2")
    await bay.press("Hủy")
    await bay.press("Thu hồi số 2")
    await bay.press("Đúng vậy")
    await hung.write("/hangdoi")
    await bay.write("/thuhoi 99")
    await bay.write("/thuhoi")
    await bay.write("/danhsach")


async def a_queue_that_changes_hands(town: Town) -> None:
    """A ward without officers: its tips go up, the admin is told once a day; when someone comes they go to them."""
    nga = await town.officer("Nga", "92", "admin")
    lan = town.citizen("Lan")
    await lan.has_reported("Có trộm ở phường Ninh Kiều")
    await lan.write(DRUGS)
    await lan.press("Gửi tin")
    bay = await town.officer("Bảy", "92", "commander")
    await lan.write("Có trộm xe máy ở phường An Bình")
    await lan.press("Gửi tin")
    await bay.write("/hangdoi")
    hung = await town.officer("Hùng")
    await hung.write("/hangdoi")
    await hung.write("/tin 2")
    await bay.write("/hangdoi")
    await lan.write("Có cướp giật ở phường Cái Khế")
    await lan.press("Gửi tin")
    await nga.write("/danhsach")
    await nga.press("Thu hồi số 3")
    await nga.press("Đúng vậy")
    await nga.press("Thu hồi số 3")
    await hung.press_late("Nhận xử lý")
    await bay.write("/hangdoi")
    await lan.press("Thêm")
    await lan.write("Nó đi xe màu đen")


async def the_inspectors_queue(town: Town) -> None:
    """Tips about the police are the inspector's alone, whoever else sits at the city."""
    bay, chin = await town.officer("Bảy", "92", "commander"), await town.officer("Chín", "92", "inspector")
    lan = town.citizen("Lan")
    await lan.write("Công an phường Cái Khế nhận tiền của sòng bạc")
    await lan.press("Tin về công an nơi này?")
    await lan.press("Gửi tin")
    await bay.write("/hangdoi")
    await bay.write("/tin 1")
    await chin.write("/hangdoi")
    await chin.write("/nhan 1")
    await lan.has_reported("Có trộm ở phường Cái Khế")
    await chin.write("/tin 2")
    await chin.write("/thongke")
    await chin.write("/tuyentruyen 10")
    await chin.write("/tinngoai thu Thư tố cáo một cán bộ")


async def an_inspector_is_let_in_by_one(town: Town) -> None:
    """Whoever an admin invites waits for an inspector; an admin alone would read tips about the police."""
    nga, chin = await town.officer("Nga", "92", "admin"), await town.officer("Chín", "92", "inspector")
    lan, ba = town.citizen("Lan"), town.citizen("Ba")
    await nga.write("/moi thanhtra")
    await lan.start(nga.link)
    await chin.press("Đúng, xác nhận")
    await chin.write("/moi")
    await chin.press("thanh tra")
    await ba.start(chin.link)
    await chin.press("Không phải")


async def nobody_there_yet(town: Town) -> None:
    """Receipts promise no more than there is; admins hear in the morning, and not of what."""
    nga, lan = await town.officer("Nga", "92", "admin"), town.citizen("Lan")
    await lan.write("Công an phường Cái Khế nhận tiền của sòng bạc")
    await lan.press("Tin về công an nơi này?")
    await lan.press("Gửi tin")
    await lan.write("Có trộm ở phường An Bình")
    await lan.press("Gửi tin")
    await town.wait(hours=1)
    await town.wait(days=1)
    await nga.write("/danhsach")


async def an_officer_who_cannot_be_told(town: Town) -> None:
    """The only officer of a ward blocks the bot: the duty hears that something waits, and the officer on return."""
    hung, tam = await town.officer("Hùng"), await town.officer("Tám", "92-truc")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await hung.write("/nhan 1")
    await hung.block()
    await lan.write("Đang đánh nhau bằng dao ở phường Cái Khế")
    await lan.press("Gửi tin")
    await tam.write("/tin 2")
    await hung.unblock()
    await hung.write("/hangdoi")


async def a_tip_that_stays_with_its_claimer(town: Town) -> None:
    """The duty works on a tip when the ward gets its people: they see that it is there, and get the others."""
    tam, lan = await town.officer("Tám", "92-truc"), town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await lan.has_reported("Có trộm ở phường Cái Khế")
    await lan.has_reported("Có đua xe ở phường Cái Khế")
    await tam.write("/nhan 1")
    await tam.write("/tin 2")
    sau = await town.officer("Sáu", "31120", "commander")
    await sau.write("/hangdoi")
    await tam.press("Mở tin 2")
    await lan.write("/trangthai")
    await tam.write("/khong 1")
    await sau.write("/tin 1")


async def a_reporter_who_joins_the_force(town: Town) -> None:
    """What they reported as a citizen is not theirs to judge."""
    nga, lan = await town.officer("Nga", "92", "admin"), town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await nga.write("/moi canbo 31120")
    await lan.start(nga.link)
    await nga.press("Đúng, xác nhận")
    await lan.write("/hangdoi")
    await lan.write("/nhan 1")
    await lan.write("/trangthai")


async def a_name_taught_to_the_bot(town: Town) -> None:
    """The admin adds a name of a place, and the next draft knows it."""
    nga, lan = await town.officer("Nga", "92", "admin"), town.citizen("Lan")
    await lan.write("Có trộm ở chợ Bà Bộ")
    await lan.press("Hủy")
    await nga.write("/themten 31135 chợ Bà Bộ")
    await lan.write("Có trộm ở chợ Bà Bộ")
    await nga.write("/themten 31135 a")
    await nga.write("/themten 31135")
    await nga.write("/themten 99999 chợ Bà Bộ")


async def a_guest_whose_inviter_is_gone(town: Town) -> None:
    """Whoever else may invite that person is asked instead; a role is never seated where it does not exist."""
    nga, sau = await town.officer("Nga", "92", "admin"), await town.officer("Sáu", "31120", "commander")
    await sau.write("/moi canbo")
    lan = town.citizen("Lan")
    await lan.start(sau.link)
    await nga.write("/danhsach")
    await nga.press("Thu hồi số 2")
    await nga.press("Đúng vậy")
    await nga.press("Đúng, xác nhận")
    await nga.write("/moi thanhtra 31120")


async def an_update_that_cannot_be_read(town: Town) -> None:
    """It is set aside, and the admin is told once a day that something waits, not what."""
    await town.officer("Nga", "92", "admin")
    lan = town.citizen("Lan")
    await lan.send_broken()
    await lan.send_broken()
    await town.wait(days=1)
    await lan.send_broken(tries=3)


STORIES: tuple[Story, ...] = (
    the_first_admin,
    an_invitation_for_each_role,
    an_invitation_by_button,
    invitations_that_lead_nowhere,
    a_commander_and_the_units_below,
    a_queue_that_changes_hands,
    the_inspectors_queue,
    an_inspector_is_let_in_by_one,
    nobody_there_yet,
    an_officer_who_cannot_be_told,
    a_tip_that_stays_with_its_claimer,
    a_reporter_who_joins_the_force,
    a_name_taught_to_the_bot,
    a_guest_whose_inviter_is_gone,
    an_update_that_cannot_be_read,
)
