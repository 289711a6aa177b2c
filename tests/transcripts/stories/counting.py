"""What is counted, and to whom it is told."""

from tests.transcripts.stage import Story, Town
from tests.transcripts.stories.reporting import DRUGS
from tests.transcripts.stories.triage import EVIDENCE


async def activities_of_the_campaign(town: Town) -> None:
    """Each kind has its sentence; a number that cannot be meant is turned down."""
    hung = await town.officer("Hùng")
    await hung.write("/tuyentruyen 120")
    for kind in ("tapthe", "canhan", "mohinh", "kiemtra", "guong"):
        await hung.write(f"/hoatdong {kind} 2")
    await hung.write("/tuyentruyen")
    await hung.write("/tuyentruyen nhiều")
    await hung.write("/tuyentruyen 0")
    await hung.write("/hoatdong lạ 3")
    await hung.write("/hoatdong tapthe")
    await hung.write("/chitieu nguontin 50")


async def targets_of_a_unit(town: Town) -> None:
    """A commander sets each line of the year; the figures stand beside them."""
    sau = await town.officer("Sáu", "31120", "commander")
    for line in ("tuyentruyen", "nguoinghe", "nguontin", "vu", "doituong", "truyna", "tapthe", "canhan"):
        await sau.write(f"/chitieu {line} 50")
    await sau.write("/chitieu nguontin")
    await sau.write("/chitieu nguontin nhiều")
    await sau.write("/chitieu nguontin 50 31135")
    await sau.write("/thongke nam")


async def figures_of_a_unit(town: Town) -> None:
    """Week, month and year, back and forth, of one's own unit; another's are not shown."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await lan.has_reported("Có trộm xe máy ở phường Cái Khế")
    await hung.write("/tinngoai thu Thư báo có sòng bạc sau chợ")
    await hung.write(f"/giatri 1 {EVIDENCE}")
    await hung.write(f"/giatri 3 {EVIDENCE}")
    await hung.write("/rac 2")
    await hung.write("/ketqua 1 vu 1 bat 2")
    await hung.write("/tuyentruyen 1200")
    await hung.write("/thongke")
    await hung.press("Tháng")
    await hung.press("Năm")
    await hung.press("← Kỳ trước")
    await hung.press("Kỳ sau →")
    await hung.press("Tuần")
    await hung.write("/thongke thang")
    await hung.write("/thongke tp")
    await hung.write("/thongke Ninh Kiều")
    await hung.write("/thongke nơi nào đó")


async def the_committee_and_the_city(town: Town) -> None:
    """The committee sees the whole city beside 2019, the ladder and any unit, and sets the city's targets."""
    hung, mai = await town.officer("Hùng"), await town.officer("Mai", "31135")
    nam = await town.officer("Năm", "92", "committee")
    lan, ba = town.citizen("Lan"), town.citizen("Ba")
    await lan.has_reported(DRUGS)
    await lan.has_reported("Có sòng bạc ở phường Ninh Kiều")
    await ba.has_reported("Có trộm ở phường Ninh Kiều")
    await hung.write(f"/giatri 1 {EVIDENCE}")
    await mai.write(f"/giatri 2 {EVIDENCE}")
    await mai.write(f"/giatri 3 vu 2: {EVIDENCE}")
    await nam.write("/trogiup")
    await nam.write("/thongke nam tp")
    await nam.press("← Kỳ trước")
    await nam.write("/thongke nam Cái Khế")
    await nam.write("/thongke An Hòa")
    await nam.write("/thongke 31135")
    await nam.write("/chitieu nguontin 2000")
    await nam.write("/chitieu nguontin 50 31135")
    await nam.write("/hoatdong tapthe 2")
    await nam.write("/thongke nam")
    await nam.write("/bantin")
    await nam.write("/hangdoi")
    await nam.write("/moi canbo 31120")


async def the_monday_message(town: Town) -> None:
    """The week goes out once on Monday morning to everyone with readers; /bantin shows it again."""
    hung = await town.officer("Hùng")
    await town.officer("Năm", "92", "committee")
    lan = town.citizen("Lan")
    await lan.has_reported(DRUGS)
    await lan.has_reported("Có trộm xe máy ở phường Cái Khế")
    await hung.write(f"/giatri 1 {EVIDENCE}")
    await town.wait(days=6, hours=20)
    await town.wait(hours=2)
    await town.wait(hours=1)
    await hung.write("/rutketluan 1")
    await hung.press("Đúng vậy")
    await hung.write("/thongke")
    await hung.write("/bantin")
    await hung.write("/bantin 2026-W40")
    await hung.write("/bantin 2026-W99")
    await town.wait(days=7)


STORIES: tuple[Story, ...] = (
    activities_of_the_campaign,
    targets_of_a_unit,
    figures_of_a_unit,
    the_committee_and_the_city,
    the_monday_message,
)
