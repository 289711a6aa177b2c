### Những lời dùng chung.

category-drugs = ma túy
category-theft = trộm cắp
category-robbery = cướp, cướp giật
category-gambling = cờ bạc
category-loan_shark = tín dụng đen, đòi nợ
category-fraud = lừa đảo
category-disorder = gây rối, đánh nhau
category-prostitution = mại dâm
category-smuggling = buôn lậu, hàng cấm, vũ khí
category-wanted = truy nã, người lạ khả nghi
category-fire = cháy nổ, phòng cháy
category-traffic = giao thông, đua xe
category-environment = môi trường
category-family_violence = bạo lực, xâm hại trẻ em, mua bán người
category-cyber = an ninh mạng
category-other = việc khác

channel-bot = qua bot
channel-phone = điện thoại
channel-letter = thư
channel-visit = trực tiếp

language-vi = Tiếng Việt
language-en = English
language-choose = Bạn muốn dùng tiếng nào?
language-chosen = Từ giờ bot nói tiếng Việt.

button-cancel = Hủy
button-back = Quay lại
read-all = Đọc hết
read-page = Trang { $page }/{ $pages }

page-privacy =
    <b>Ai biết được gì</b>

    <b>Công an không biết bạn là ai.</b> Họ chỉ thấy lời bạn viết. Tên, số điện thoại, tài khoản Telegram của bạn không hiện ra ở bất cứ đâu, và bot không có chức năng nào để tra lại.

    <b>Lời bạn viết có thể làm lộ bạn.</b> Đừng ghi tên mình, số nhà mình, hay điều chỉ mình bạn biết.

    <b>Telegram biết</b> bạn có nhắn cho bot và nhắn gì. <b>Người vận hành máy chủ</b> có thể đọc được những gì đang được giữ. Bot không che được hai nơi này.

    <b>Nếu dữ liệu bị lấy cắp</b> mà không kèm chìa khóa thì kẻ lấy không đọc được lời nào, không thấy ai.

    <b>Giữ bao lâu:</b> đường trả lời cho bạn bị xóa 7 ngày sau khi tin xong; lời trong tin bị xóa 90 ngày sau khi tin xong.

    /xoa xóa dấu vết trong cuộc trò chuyện này. /ngung cắt đường trả lời. Mã tin vẫn dùng được từ bất cứ máy nào.

page-help =
    Cứ viết chuyện bạn thấy, như kể với hàng xóm: chuyện gì, ở đâu, lúc nào. Bot sẽ hỏi lại rồi mới gửi.

    /trangthai xem tin của bạn, hoặc gõ mã tin
    /xoa xóa dấu vết ở đây
    /ngung không nhận trả lời nữa
    /riengtu ai biết được gì
    /ngonngu đổi ngôn ngữ

    Đang nguy hiểm: gọi { $police }. Cháy: { $fire }. Cấp cứu: { $ambulance }.

unsupported-photo = Chưa nhận được ảnh. Bạn tả bằng chữ giúp nhé. Những gì bạn đã viết vẫn còn.
unsupported-video = Bot chưa nhận video. Bạn tả lại bằng chữ nhé. Những gì bạn đã viết vẫn còn.
unsupported-voice = Bot chưa nhận tin thoại. Bạn viết lại bằng chữ nhé. Những gì bạn đã viết vẫn còn.
unsupported-document = Bot chưa nhận tệp. Bạn tả lại bằng chữ nhé. Những gì bạn đã viết vẫn còn.
unsupported-sticker = Bot không đọc được nhãn dán. Bạn viết bằng chữ nhé.
unsupported-contact = Bot không nhận danh bạ, để không lộ ai. Bạn viết bằng chữ nhé.
unsupported-edited = Bạn vừa sửa một tin nhắn cũ; bot không thấy được phần sửa. Nếu cần, bạn viết thêm một tin nhắn mới.
unsupported-empty = Tin nhắn này không có chữ nào bot đọc được. Bạn viết lại nhé.
unsupported-edited-officer = Phần vừa sửa chưa được tính. Đồng chí gửi lại câu đúng thành một tin mới.
unsupported-officer = Ở đây chỉ nhận chữ. Đồng chí viết bằng chữ.
unsupported-other = Bot chỉ nhận chữ. Bạn viết lại nhé. Những gì bạn đã viết vẫn còn.

left-out = Chỉ đọc được lời ghi kèm. Ảnh, video, tệp hay tin thoại thì chưa nhận được.

unknown-command = Bot không có lệnh này. Bạn cứ viết chuyện muốn báo, hoặc gõ /trogiup.
unknown-command-officer = Không có lệnh này, chưa lưu gì. Đồng chí gõ /trogiup để xem các lệnh.

refused-no-such-tip = Không có tin số { $number } trong phần việc của đồng chí.
refused-not-allowed = Việc này không thuộc vai trò của đồng chí.
refused-officers-lock = Lệnh này dành cho người dân. Muốn cất hết lời trong máy này, đồng chí gõ /khoa: mọi thẻ sẽ được gập lại.
refused-not-enrolled = Lệnh này dành cho cán bộ. Nếu bạn muốn báo tin, cứ viết ra đây.
refused-already-claimed = Tin { $number } đã có người nhận xử lý.
refused-illegal-move = Tin { $number } đang ở trạng thái không làm được việc này.
refused-already-judged = Tin { $number } đã có kết luận. Muốn đổi thì rút kết luận trước.
refused-verdict-missing = Tin { $number } chưa có kết luận. Đồng chí kết luận rồi mới đóng.
refused-evidence-too-short = Chưa ghi. Bằng chứng cần ít nhất một câu ({ $words } từ trở lên): đã xác minh ra sao, dùng vào việc gì. Đồng chí bấm Có giá trị lần nữa rồi viết nhé.
refused-no-such-case = Không có vụ việc số { $number } ở đơn vị này.
refused-no-reply-route = Không hỏi lại được: tin { $number } không gửi qua bot.
refused-leads-out = Chưa gửi. “{ $words }” kéo người báo ra ngoài chỗ này, dễ lộ họ là ai. Họ trả lời được ngay ở đây: đồng chí bấm Hỏi người báo lần nữa rồi hỏi thẳng.
refused-asks-who = Chưa gửi. “{ $words }” là hỏi người báo là ai, ở đâu. Nếu hỏi về người khác, đồng chí bấm Hỏi người báo lần nữa và nói rõ: “nó tên gì”, “quán đó ở đâu”.
refused-button-stale = Nút này đã cũ.
refused-usage = Chưa rõ. Cách viết: { $form }
refused-number-out-of-range = Con số không hợp lệ. Cần một số nguyên, nhiều nhất { $most }.
refused-number-doubtful = Chưa ghi gì: “{ $read }” có thể hiểu nhiều cách. Cách viết: { $form }
refused-code-unknown = Không có tin nào mang mã này, hoặc mã đã hết hạn. Bạn xem lại 16 chữ số nhé.
refused-too-many-tries = Bạn đã thử sai. Chờ { $minutes } phút rồi thử lại nhé.
refused-invite-invalid = Lời mời này đã dùng, đã hết hạn hoặc không có. Hãy xin người mời một liên kết mới.
refused-tip-full = Tin này đã dài hết mức. Phần vừa viết chưa được thêm vào; hãy gửi thành một tin mới.
refused-tip-is-over = Tin này không thêm hay rút được nữa. Bạn cứ viết một tin mới.
refused-no-such-unit = Không có đơn vị nào tên là { $name }.
refused-no-such-seat = { $unit } không có vai trò này.
refused-no-such-officer = Không có người mang số { $number } trong phần quản lý của đồng chí.
refused-inspectors-decide = Đã có thanh tra: chỉ thanh tra xác nhận được thanh tra.
refused-valuable-first = Kết quả được ghi vào vụ việc. Đồng chí hãy ghi tin { $number } là có giá trị trước.

menu-trangthai = tin của bạn đến đâu rồi
menu-riengtu = ai biết được gì
menu-xoa = xóa dấu vết ở đây
menu-ngung = không nhận trả lời nữa
menu-ngonngu = đổi ngôn ngữ
menu-trogiup = trợ giúp
menu-status = tin của bạn đến đâu rồi
menu-privacy = ai biết được gì
menu-wipe = xóa dấu vết ở đây
menu-stop = không nhận trả lời nữa
menu-language = đổi ngôn ngữ
menu-help = trợ giúp
