### Lời với người dân.

emergency-police = <b>Nếu đang nguy hiểm, hãy gọi ngay { $number }.</b> Tin ở đây không thay được cuộc gọi.
emergency-fire = <b>Nếu đang cháy, hãy gọi ngay { $number }.</b> Tin ở đây không thay được cuộc gọi.
emergency-ambulance = <b>Nếu có người bị thương, hãy gọi ngay { $number }.</b> Tin ở đây không thay được cuộc gọi.

welcome =
    Chào bạn. Đây là nơi báo tin an ninh trật tự cho công an Cần Thơ mà không phải nói mình là ai.

    Bạn cứ viết chuyện gì, ở đâu. Bot hỏi lại bạn rồi mới gửi đi.

    Công an chỉ thấy lời bạn viết, không thấy tên hay tài khoản của bạn. Telegram và người vận hành máy chủ thì có thể biết: /riengtu

    Đang nguy hiểm: gọi { $police }. Cháy: { $fire }. Cấp cứu: { $ambulance }.
welcome-place = Bạn vào từ áp phích của <b>{ $place }</b>. Chuyện ở nơi khác bạn vẫn báo được.

draft-title = <b>Chưa gửi.</b> Bot hiểu như sau:
draft-title-asking = <b>Chưa gửi.</b> Bot cần biết thêm:
draft-place = Nơi: <b>{ $place }</b>
draft-place-forgotten = Nơi: không nhớ. Tin sẽ đến trực ban công an thành phố.
draft-place-asked = <b>Chuyện này ở phường, xã nào?</b> Bạn gõ tên phường, xã (tên cũ cũng được).
draft-place-hint = <b>Chuyện này ở phường, xã nào?</b> Bấm nút bên dưới hoặc gõ tên phường, xã (tên cũ cũng được).
draft-place-not-found = Đã ghi thêm, nhưng bot chưa biết chuyện ở phường, xã nào. Bạn gõ tên phường, xã, hoặc bấm “Không nhớ”.
draft-place-unsure = <b>Chuyện này ở nơi nào?</b> Bạn bấm chọn, hoặc gõ tên khác.
draft-place-elsewhere = Hình như chuyện này không ở Cần Thơ. Bot chỉ chuyển được tin cho công an Cần Thơ. Nếu ở Cần Thơ, bạn gõ tên phường, xã.
draft-category = Chuyện: { $category }
draft-pieces = Gồm { $number } tin nhắn của bạn.
draft-urgent = Sẽ được đánh dấu <b>khẩn</b>.
draft-police = Tin nói về cán bộ công an: chỉ thanh tra đọc, đơn vị nơi đó không thấy.
draft-police-asked = <b>Nếu tin nói về chính công an nơi này,</b> bạn bấm “Tin về công an nơi này?” trước khi gửi: khi đó chỉ thanh tra đọc, đơn vị ấy không thấy.
draft-gives-away = ⚠️ Hình như trong tin có chi tiết cho biết bạn là ai (tên, số điện thoại, nhà mình). Nếu không muốn, bạn bấm Hủy và viết lại.
draft-write-on = Muốn thêm gì, bạn cứ viết tiếp.
draft-just-asking = Nếu bạn chỉ muốn hỏi: /trogiup cách dùng, /riengtu ai biết được gì, /trangthai tin đã gửi.
draft-send = Gửi tin
draft-place-change = Đổi nơi
draft-more = Viết thêm
draft-forgot = Không nhớ
draft-cancel = Hủy
draft-police-on = Tin về công an nơi này?
draft-police-off = Không phải tin về công an
draft-full = Bản nháp đã dài hết mức, phần vừa viết chưa được nhận. Bạn gửi tin này trước, rồi bấm “Thêm” để viết tiếp.
draft-sent-already = Tin này đã được gửi rồi.
draft-write-more = Bạn cứ viết tiếp; lời mới được thêm vào bản nháp.
draft-cancelled = Đã hủy. Chưa có gì được gửi và bot không giữ lại gì.

receipt-title = <b>Đã nhận tin của bạn.</b>
receipt-place = Tin đã đến công an <b>{ $place }</b>, đang chờ cán bộ mở.
receipt-duty = Tin đã đến trực ban công an thành phố, đang chờ cán bộ mở.
receipt-police = Tin đã chuyển riêng cho thanh tra công an thành phố.
receipt-city = Nơi này hiện chưa có cán bộ trực, nên bot đã báo Công an thành phố.
receipt-nobody = Tin được giữ ở đây, nhưng hiện chưa có cán bộ nào trực để đọc. Việc gấp, bạn gọi { $police }.
receipt-police-nobody = Tin được giữ riêng cho thanh tra công an thành phố. Hiện chưa có thanh tra nào trực ở đây; không ai khác đọc được.
receipt-code = Mã tin: <code>{ $code }</code>
receipt-keep = Giữ mã này nếu muốn hỏi lại từ máy khác. Ai có mã đều đọc được lời qua lại, viết thêm và rút được tin này: đừng đưa mã cho ai.
receipt-next = Cán bộ thường xem trong vòng 24 giờ. Nếu họ hỏi thêm, bot nhắn bạn ở đây. Tin báo này không thay cho đơn tố cáo; cố ý báo sai thì phải chịu trách nhiệm.
receipt-next-urgent = Đừng chờ ở đây: tin được đánh dấu khẩn, nhưng bot không biết bao giờ có người mở. Nếu cán bộ hỏi thêm, bot nhắn bạn ở đây. Tin báo này không thay cho đơn tố cáo; cố ý báo sai thì phải chịu trách nhiệm.
receipt-next-police = Nếu thanh tra hỏi thêm, bot nhắn bạn ở đây. Tin báo này không thay cho đơn tố cáo; cố ý báo sai thì phải chịu trách nhiệm.
receipt-next-nobody = Khi có cán bộ, họ sẽ thấy tin. Nếu họ hỏi thêm, bot nhắn bạn ở đây. Tin báo này không thay cho đơn tố cáo; cố ý báo sai thì phải chịu trách nhiệm.
receipt-follow = Xem tin này
receipt-add = Thêm
receipt-withdraw = Rút lại
receipt-stop = Ngừng trả lời
receipt-wipe = Xóa dấu vết

state-received = đã nhận
state-checking = đang kiểm tra
state-done = đã xem xong
state-withdrawn = đã rút lại

own-title = <b>Tin của bạn</b>
own-line = { $at }. { $day }, { $category }: { $state }
own-line-question = { $at }. { $day }, { $category }: { $state }, <b>có tin nhắn</b>
own-open = { $at }. Tin ngày { $day }, { $category }
own-none = Ở đây không có tin nào đang theo dõi. Nếu có mã tin, bạn gõ 16 chữ số vào đây.
own-card = <b>Tin ngày { $day }</b>, { $category }
own-card-place = Nơi: { $place }
own-card-state = Đến đâu rồi: <b>{ $state }</b>
own-cut = (các lời trước chưa hiện hết, bấm “Đọc hết” để xem)
own-said-officer = <b>Cán bộ:</b> { $text }
own-said-you = <b>Bạn:</b> { $text }
own-button-add = Thêm
own-button-withdraw = Rút lại
own-button-stop = Ngừng trả lời
own-button-answer = Trả lời
own-new-message = Bạn có tin nhắn mới.
own-urgent-unopened = Chưa có cán bộ nào mở tin khẩn của bạn. <b>Nếu vẫn đang nguy hiểm, hãy gọi ngay { $number }.</b> Tin của bạn vẫn đang chờ cán bộ mở.
own-button-read = Xem
own-question = <b>Cán bộ hỏi:</b> { $text }

    Bạn trả lời bằng cách viết ngay ở đây. Bạn không cần nói mình là ai. Không trả lời cũng không sao.
own-question-cut = (câu hỏi còn dài, bấm “Đọc hết” để xem)
own-button-later = Để sau
own-later = Không sao. Khi muốn trả lời, bạn gõ /trangthai và mở tin.
own-add-write = Bạn viết điều muốn thêm. Tin nhắn tiếp theo sẽ được thêm vào tin đã gửi.
own-stopped = Đã ngừng. Sẽ không có tin nhắn nào về các tin này đến đây nữa. Mã tin vẫn dùng được.
own-nothing-new = Không có gì mới.
own-over-words-kept-out = Tin đó không nhận thêm lời được nữa. Lời bạn vừa viết được giữ làm tin mới, <b>chưa gửi</b>; muốn gửi thì bấm Gửi tin.
own-full-words-kept-out = Tin đó đã dài hết mức. Lời bạn vừa viết được để thành bản nháp của một tin mới, chưa gửi.
own-answered = Đã chuyển câu trả lời.
own-added = Đã thêm vào tin.
own-withdrawn = Đã rút tin. Tin này không được tính và không ai xử lý tiếp.
own-done = Công an đã xem xong một tin bạn báo. Cảm ơn bạn. Nếu chuyện vẫn còn, bạn cứ nhắn lại.
own-confirm-withdraw = Rút tin này lại? Cán bộ sẽ không xử lý tiếp. Việc này không đổi lại được.
own-confirm-stop = Ngừng nhận trả lời? Bot không báo vào đây nữa khi có câu hỏi hay kết quả. Câu hỏi vẫn xem được bằng mã tin. Việc này không đổi lại được.
own-confirm-wipe = Xóa dấu vết ở đây? Bot xóa những tin nhắn Telegram cho xóa, quên cuộc trò chuyện này và không nhắn gì về các tin đã gửi nữa. Tin đã gửi vẫn được xử lý. Hãy chép mã tin trước nếu còn cần.
own-sure-withdraw = Rút tin
own-sure-stop = Ngừng trả lời
own-sure-wipe = Xóa dấu vết
not-read-write-again = Có một tin nhắn của bạn bot chưa đọc được, công an chưa nhận. Bạn gửi lại bằng lời khác nhé. Nếu đang nguy hiểm, đừng chờ bot: hãy gọi { $police }.
wiped = Đã quên cuộc trò chuyện. Tin nhắn trong 48 giờ qua đang được xóa, tin cũ hơn của bot được thay bằng một dấu gạch. Tin cũ hơn do bạn viết, và thông báo trên máy, Telegram không cho bot xóa: bạn hãy tự xóa cả cuộc trò chuyện này. Mã tin vẫn dùng được.
blanked = —

draft-pick = Chọn từ danh sách
draft-spot-on = Gửi kèm vị trí (làm tròn 100 m)
draft-spot-off = Không gửi kèm vị trí
draft-spot-kept = Vị trí làm tròn 100 m sẽ được gửi kèm.
picker-districts = <b>Chuyện này ở quận, huyện cũ nào?</b>
picker-units = <b>{ $district }</b> nay gồm các phường, xã sau. Bạn chọn một nơi.
