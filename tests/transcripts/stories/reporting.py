"""From the first words to the receipt."""

from tests.transcripts.stage import Story, Town

DRUGS = "Tối nào cũng có nhóm hút chích ở phường Cái Khế"
PAGE_OF_WORDS = "Chuyện này kéo dài đã lâu. " * 150


async def from_first_words_to_receipt(town: Town) -> None:
    """A citizen opens the chat, writes what happened and where, and gets a receipt; the ward's officer hears of it."""
    await town.greet()
    await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.start()
    await lan.write(DRUGS)
    await lan.press("Gửi tin")
    await lan.press_late("Gửi tin")


async def a_place_that_several_units_bear(town: Town) -> None:
    """The place is unsure: a choice by button, another place, one that is not found, a few letters, and none at all."""
    lan = town.citizen("Lan")
    await lan.write("Có trộm xe máy ở Thới An")
    await lan.press("Ô Môn (Thới Thạnh, Châu Văn Liêm, Thới Hòa, Thới An cũ)")
    await lan.press("Đổi nơi")
    await lan.press_late("Gửi tin")
    await lan.write("quán Ba Râu")
    await lan.write("Tân")
    await lan.write("phường Hưng Lợi")
    await lan.press("Đổi nơi")
    await lan.press("Không nhớ")
    await lan.press("Gửi tin")
    await lan.press("Xem tin này")


async def a_place_picked_from_the_list(town: Town) -> None:
    """Whoever cannot type a place goes through the former districts, back and forth."""
    lan = town.citizen("Lan")
    await lan.write("Có đám đánh bài ăn tiền sau nhà")
    await lan.press("Chọn từ danh sách")
    await lan.press("→")
    await lan.press("Huyện Long Mỹ")
    await lan.press("←")
    await lan.press("←")
    await lan.press("Quận Ninh Kiều")
    await lan.press("Ninh Kiều (Thới Bình, Tân An, Xuân Khánh cũ)")
    await lan.press("Gửi tin")


async def a_poster_on_the_wall(town: Town) -> None:
    """The link of a poster is a hint of the place and no more; a forged one is none."""
    lan, ba = town.citizen("Lan"), town.citizen("Ba")
    await lan.start("w31135")
    await lan.write("Có người cho vay nặng lãi")
    await lan.press("Ninh Kiều (Thới Bình, Tân An, Xuân Khánh cũ)")
    await lan.press("Gửi tin")
    await ba.start("w31135")
    await ba.write("Có trộm ở Long Xuyên, An Giang")
    await ba.write("phường Cái Khế")
    await ba.press("Hủy")
    await ba.start("w99999")
    await ba.start("x'; DROP TABLE tip")


async def a_location_that_goes_along(town: Town) -> None:
    """A shared location offers the units around it, and goes along only if the person says so."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.share(10.0523, 105.7811)
    await lan.press("Gửi kèm vị trí (làm tròn 100 m)")
    await lan.press("Không gửi kèm vị trí")
    await lan.press("Gửi kèm vị trí (làm tròn 100 m)")
    await lan.press("Cái Khế (Bùi Hữu Nghĩa, An Hòa cũ)")
    await lan.write("Có người bán ma túy ở đây")
    await lan.press("Gửi tin")
    await hung.press("Mở tin 1")


async def a_location_that_stays_behind(town: Town) -> None:
    """Without that word only the unit is kept; a location elsewhere is told so, and an officer's is not kept."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.write("Có người bán ma túy ở đây")
    await lan.share(10.0523, 105.7811)
    await lan.press("Cái Khế (Bùi Hữu Nghĩa, An Hòa cũ)")
    await lan.press("Gửi tin")
    await hung.press("Mở tin 1")
    await lan.share(21.03, 105.85)
    await hung.share(10.0523, 105.7811)


async def somebody_is_in_danger(town: Town) -> None:
    """Whom to call comes first, on the draft and on the receipt; the officers' notice is urgent."""
    hung = await town.officer("Hùng")
    lan, ba, tu = town.citizen("Lan"), town.citizen("Ba"), town.citizen("Tư")
    await lan.write("Nó đang cầm dao chém người ở phường Cái Khế")
    await lan.press("Gửi tin")
    await ba.write("Đang cháy nhà ở phường Cái Khế")
    await tu.write("Có người bị thương nặng đang chảy máu ở phường Cái Khế")
    await tu.press("Gửi tin")
    await hung.write("/hangdoi")
    await hung.press("1")


async def a_tip_about_the_police(town: Town) -> None:
    """It goes to the inspector alone: the ward's officer hears nothing and cannot open it."""
    hung, chin = await town.officer("Hùng"), await town.officer("Chín", "92", "inspector")
    lan = town.citizen("Lan")
    await lan.write("Công an phường Cái Khế nhận tiền của sòng bạc")
    await lan.press("Tin về công an nơi này?")
    await lan.press("Không phải tin về công an")
    await lan.press("Tin về công an nơi này?")
    await lan.press("Gửi tin")
    await lan.press("Xem tin này")
    await hung.write("/tin 1")
    await chin.write("/hangdoi")
    await chin.press("1")
    await chin.press("Nhận xử lý")
    await chin.write("/hoi 1 Chuyện xảy ra hôm nào?")
    await chin.write("/trogiup")


async def a_draft_that_grows_and_is_dropped(town: Town) -> None:
    """More pieces, a hint that words give the writer away, an attempt beyond the limit, and a change of mind."""
    lan = town.citizen("Lan")
    await lan.write("xin chào")
    await lan.write("Có trộm ở phường Cái Khế, ngay trước cửa hàng bán xe máy cũ")
    await lan.press("Viết thêm")
    await lan.write("Tôi tên là Lan, số điện thoại của tôi 0912345678")
    await lan.press("Hủy")
    await lan.press_late("Gửi tin")
    await lan.write("Có trộm ở phường Cái Khế. " + PAGE_OF_WORDS[:4000].strip())
    await lan.write(PAGE_OF_WORDS[:4000].strip())
    await lan.write(PAGE_OF_WORDS[:4000].strip())
    await lan.press("Gửi tin")


async def what_the_bot_does_not_take(town: Town) -> None:
    """Pictures, voices and the rest are answered with what can be sent instead; their words and the draft stay."""
    lan = town.citizen("Lan")
    await lan.write("Có trộm ở phường Cái Khế")
    await lan.send("photo with words")
    for kind in ("photo", "video", "voice", "document", "sticker", "contact", "dice", "nothing that can be read"):
        await lan.send(kind)
    await lan.edit("Có cướp ở phường Cái Khế")
    await lan.press("Gửi tin")


async def commands_and_buttons_that_lead_nowhere(town: Town) -> None:
    """An unknown command, an officer's command, a forged and a stale button are all answered."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.start()
    await lan.write("/khongcolenhnay")
    await lan.write("/hangdoi")
    await lan.write("/trogiup")
    await lan.write("/riengtu")
    await lan.forge("x:y:z")
    await lan.write(DRUGS)
    await lan.press("Hủy")
    await lan.press_late("Đổi nơi")
    await hung.write("/khongcolenhnay")
    await hung.write("/moi canbo")
    await hung.write("/danhsach")
    await hung.forge("x:y:z")


async def an_update_that_comes_twice(town: Town) -> None:
    """What was dealt with is not dealt with again, be it words, a press or a command."""
    hung = await town.officer("Hùng")
    lan = town.citizen("Lan")
    await lan.write(DRUGS)
    await lan.again()
    await lan.press("Gửi tin")
    await lan.again()
    await hung.write("/nhan 1")
    await hung.again()
    await hung.write("/tuyentruyen 120")
    await hung.again()
    await hung.write("/thongke")


STORIES: tuple[Story, ...] = (
    from_first_words_to_receipt,
    a_place_that_several_units_bear,
    a_place_picked_from_the_list,
    a_poster_on_the_wall,
    a_location_that_goes_along,
    a_location_that_stays_behind,
    somebody_is_in_danger,
    a_tip_about_the_police,
    a_draft_that_grows_and_is_dropped,
    what_the_bot_does_not_take,
    commands_and_buttons_that_lead_nowhere,
    an_update_that_comes_twice,
)
