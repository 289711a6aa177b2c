### Lời với cán bộ.

notice-new = <b>Tin { $tip }</b> mới: { $category }. { $unit }
notice-answered = <b>Tin { $tip }</b>: người báo đã trả lời. { $unit }
notice-added = <b>Tin { $tip }</b>: người báo viết thêm. { $unit }
notice-withdrawn = <b>Tin { $tip }</b>: người báo đã rút lại. { $unit }
notice-unopened = <b>Tin { $tip }</b> chưa có ai mở: { $category }. { $unit }. Đồng chí mở tin ngay, hoặc gọi cho đơn vị.
notice-merged-new = <b>{ $number } tin mới:</b> { $tips }
notice-merged-answered = Người báo đã trả lời, tin { $tips }
notice-merged-added = Người báo viết thêm, tin { $tips }
notice-merged-withdrawn = Người báo đã rút lại, tin { $tips }
notice-merged-rest = và { $number } tin nữa
notice-urgent = <b>KHẨN</b>
button-open = Mở tin { $tip }
tips-came = { $number } tin vừa về { $unit } ({ $urgent } tin khẩn). Đồng chí gõ /hangdoi để xem.
tips-unheard = { $unit } có { $number } tin đang mở ({ $urgent } tin khẩn) mà người phải xem không nhận được tin nhắn của bot. Đồng chí gọi điện cho người ấy hoặc cho đơn vị nhé.
back-again = Đồng chí đã nhận lại được tin nhắn. Đang xử lý { $mine } tin; hàng đợi có { $open } tin.
button-queue = Hàng đợi
question-on-its-way = Đã chuyển câu hỏi. Người báo nhận được trong vài phút tới, hoặc khi mở tin bằng mã.

queue-title = <b>Hàng đợi: { $unit }</b>
queue-count = { $number } tin đang mở
queue-empty = Không có tin nào đang chờ.
queue-elsewhere = Tin <b>{ $tip }</b> thuộc địa bàn này: { $unit } đang giữ, cán bộ số { $number } đang xử lý.
queue-line = <b>{ $tip }</b> { $category }, { $status }, { $clock }
queue-urgent = <b>KHẨN</b>
queue-mine = (của đồng chí)
queue-page = Trang { $page }/{ $pages }

clock-now = cần xem ngay
clock-left-hours = còn { $number } giờ
clock-left-days = còn { $number } ngày
clock-over = <b>quá hạn</b>

status-new = mới
status-claimed = đã nhận xử lý
status-verifying = đang xác minh
status-reopened = mở lại
status-closed = đã đóng
status-withdrawn = người báo rút lại

verdict-none = chưa kết luận
verdict-valuable = có giá trị
verdict-not_useful = không dùng được
verdict-duplicate = trùng
verdict-spam = rác

card-title = <b>Tin { $tip }</b>, { $category }
card-place = { $unit }, { $channel }, nhận ngày { $day }
card-state = Trạng thái: <b>{ $status }</b>, kết luận: <b>{ $verdict }</b>
card-clock = Thời hạn: { $clock }
card-claimer-me = Đồng chí đang xử lý.
card-claimer = Cán bộ số { $number } đang xử lý.
card-claimer-me-over = Người xử lý: đồng chí.
card-claimer-over = Người xử lý: cán bộ số { $number }.
card-case = Vụ việc số <b>{ $case }</b>: { $cases } vụ, { $persons } đối tượng, { $fugitives } truy nã
card-cut = (tin còn dài, bấm “Đọc hết” để xem cả tin)
card-cut-talk = (các lời trước không hiện hết được, bấm “Đọc hết”)
card-words-gone = (lời trong tin đã hết hạn giữ)
card-said-reporter = <b>Người báo:</b> { $text }
card-said-officer = <b>Cán bộ:</b> { $text }
card-folded-title = Tin { $tip }: { $status }, { $verdict }
card-folded = (thẻ đã gập)
card-changed = Tin vừa có thay đổi. Đồng chí xem lại rồi bấm.

action-claim = Nhận xử lý
action-ask = Hỏi người báo
action-valuable = Có giá trị
action-not_useful = Không dùng được
action-spam = Rác
action-outcome = Ghi kết quả
action-close = Đóng tin
action-reopen = Mở lại
action-take_back = Rút kết luận
action-fold = Gập thẻ

case-choose = Tin { $tip } được dùng vào vụ việc nào?
case-new = Vụ việc mới
case-number = Vụ việc số { $case }
confirm-not_useful = Kết luận tin { $tip } không dùng được và đóng tin?
confirm-spam = Kết luận tin { $tip } là rác và đóng tin?
confirm-take_back = Rút kết luận của tin { $tip }? Nếu đã tính là nguồn tin có giá trị thì con số của ngày đó sẽ giảm.
confirm-sure = Đúng vậy

prompt-question = Đồng chí viết câu hỏi cho người báo tin { $tip }. Người báo chỉ thấy câu hỏi, không thấy đồng chí là ai. Đừng hỏi họ là ai, ở đâu.
prompt-evidence = Đồng chí viết bằng chứng cho tin { $tip }: đã xác minh ra sao, dùng vào việc gì (ít nhất một câu).
prompt-outcome = Đồng chí viết kết quả của tin { $tip }, ví dụ: vu 1 bat 2 truyna 1
outcome-recorded = Đã ghi. Vụ việc số { $case } nay có { $cases } vụ, { $persons } đối tượng, { $fugitives } truy nã. Nếu ghi nhầm, đồng chí ghi thêm số âm, ví dụ: bat -1
prompt-walk_in = Đồng chí viết nội dung tin nhận qua { $channel }. Đừng ghi tên người báo.
prompt-cancelled = Đã thôi.
channel-choose = Tin này đến bằng đường nào?

officer-stray-text = Chưa lưu câu này. Mở tin rồi bấm Hỏi hoặc Ghi; /trogiup để xem các lệnh.
locked = Đã gập mọi thẻ trong máy này.

alert-unit-empty = { $unit } chưa có cán bộ nào hoạt động. Tin của đơn vị này đang đến { $holder }.
alert-nobody-on-duty = Chưa có ai nhận tin của { $unit }: tin đang nằm trong hàng đợi của { $holder }. Hãy mời cán bộ bằng /moi.
alert-nobody-present = Có nơi hiện không ai nhận được thông báo về tin. Đồng chí xem /danhsach rồi mời thêm bằng /moi: phường, xã, trực ban, thanh tra.
alert-parked-lasting = Có { $number } tin nhắn bot thử nhiều lần vẫn chưa đọc được. Người viết đã được mời viết lại. Hãy báo người vận hành.
alert-urgent-unopened = <b>KHẨN</b>. Tin { $tip } của { $unit } chưa có ai mở. Đồng chí gọi ngay cho đơn vị.
alert-urgent-unopened-somewhere = <b>KHẨN</b>. Có tin khẩn đã quá giờ mà chưa cán bộ nào mở, và không còn ai phía trên để báo. Đồng chí kiểm tra ngay ai đang trực.
alert-parked = Có { $number } tin nhắn bot chưa xử lý được, đã cất riêng, không mất. Hãy báo người vận hành.

join-waiting = Đã nhận lời mời. Đồng chí chờ xác nhận; số của đồng chí là <b>{ $number }</b>, hãy đọc số này cho người mời.
join-still-waiting = Đồng chí vẫn đang chờ xác nhận. Số của đồng chí là <b>{ $number }</b>.
join-already = Máy này đã có vai trò rồi, hoặc đang chờ xác nhận.
join-confirmed = Đã xác nhận số { $number }.
join-refused = Đã từ chối số { $number }.
join-turned-away = Người mời không xác nhận. Nếu có nhầm lẫn, đồng chí xin một lời mời mới.
role-officer = cán bộ
role-commander = chỉ huy
role-inspector = thanh tra
role-committee = Ban Chỉ đạo 138
role-admin = quản trị
join-welcome-officer = Đồng chí đã là cán bộ của { $unit }. Tin mới sẽ báo về đây. /hangdoi xem hàng đợi, /trogiup xem các lệnh.
join-welcome-commander = Đồng chí đã là chỉ huy của { $unit }. /hangdoi xem hàng đợi, /moi mời cán bộ, /thongke xem số liệu, /trogiup xem các lệnh.
join-welcome-inspector = Đồng chí đã là thanh tra của { $unit }. Tin về cán bộ công an chỉ đến đây. /hangdoi xem hàng đợi.
join-welcome-committee = Đồng chí đã vào với vai trò Ban Chỉ đạo 138. /thongke xem số liệu toàn thành phố, /bantin xem bản tin tuần.
join-welcome-admin = Đồng chí đã là quản trị. /moi mời người, /danhsach xem danh sách, /thuhoi thu hồi vai trò.
join-request = <b>{ $person }</b> (số { $number }) đã mở lời mời làm { $role } tại { $unit }. Đúng là người đồng chí đã mời?
join-request-instead = <b>{ $person }</b> (số { $number }) đã mở lời mời làm { $role } tại { $unit }. Người mời không xác nhận được; đồng chí xác nhận thay. Đồng chí có biết chắc đây là ai?
join-request-inspector = <b>{ $person }</b> (số { $number }) đã mở lời mời làm { $role } tại { $unit }. Chỉ thanh tra mới xác nhận được thanh tra. Đồng chí có biết chắc đây là ai?
join-made-known = <b>{ $person }</b> (số { $number }) vừa vào { $unit }, đọc được tin ở đó. Nếu đồng chí không biết người này, hãy báo ngay cho quản trị.
join-own-tips = Tin đồng chí đã gửi từ máy này vẫn được xử lý, nhưng từ giờ máy này không theo dõi được nữa, và đồng chí không mở được chúng. Muốn báo về đồng nghiệp, đồng chí dùng tài khoản khác hoặc gửi thư cho thanh tra.
join-yes = Đúng, xác nhận
join-no = Không phải
invite-link =
    Lời mời một lần, vai trò <b>{ $role }</b> tại <b>{ $unit }</b>:
    { $url }

    Hết hạn lúc { $expires }. Chỉ gửi riêng cho đúng người. Người mở liên kết còn phải chờ đồng chí xác nhận.
invite-link-inspector =
    Lời mời một lần, vai trò <b>{ $role }</b> tại <b>{ $unit }</b>:
    { $url }

    Hết hạn lúc { $expires }. Chỉ gửi riêng cho đúng người. Người mở liên kết còn phải chờ thanh tra xác nhận; nếu chưa có thanh tra nào thì người vận hành xác nhận ở máy chủ.
invite-choose = Mời vai trò nào cho { $unit }?
people-title = <b>Danh sách</b>
people-empty = Chưa có ai.
people-line = { $number }. { $person }, { $role }, { $unit } ({ $enrolment })
confirm-revoke = Thu hồi vai trò { $role } của <b>{ $person }</b> (số { $number }), { $unit }? Người ấy mất quyền ngay; muốn trở lại phải được mời lại.
people-revoke = Thu hồi số { $number }
enrolment-waiting = chờ xác nhận
enrolment-active = đang hoạt động
revoked = Đã thu hồi vai trò của số { $number }. Các thẻ trong máy đó đang được gập.
you-were-revoked = Vai trò của đồng chí trong bot đã được thu hồi.

page-help_officer =
    <b>Lệnh của cán bộ</b>
    /hangdoi hàng đợi, gấp trước
    /tin 1042 mở thẻ
    /nhan 1042 nhận xử lý
    /hoi 1042 câu hỏi: hỏi người báo
    /giatri 1042 bằng chứng: ghi nguồn tin có giá trị
    /giatri 1042 vu 7: bằng chứng (ghi vào vụ việc số 7)
    /khong 1042, /rac 1042, /trung 1042 1007 kết luận khác
    /ketqua 1042 vu 1 bat 2 truyna 1 ghi kết quả
    /dong 1042 đóng tin
    /tinngoai nhập tin từ điện thoại, thư, trực tiếp
    /tuyentruyen 120 ghi một cuộc tuyên truyền, 120 lượt người; /tuyentruyen 5 cuoc 600 luot ghi năm cuộc
    /hoatdong tapthe 2 ghi hoạt động khác ({ activity-words })
    /thongke số liệu; /thongke thang; /thongke nam
    /bantin bản tin tuần
    /khoa gập mọi thẻ

    Chỉ huy còn có: /moi, /danhsach, /thuhoi 7, /chitieu nguontin 50
    Thanh tra còn có: /moi thanhtra
    Muốn báo về đồng nghiệp: dùng tài khoản khác, hoặc gửi thư cho thanh tra
page-help_committee =
    <b>Ban Chỉ đạo 138</b>
    /thongke số liệu tuần này; /thongke thang, /thongke nam
    /thongke nam tp cả thành phố; /thongke nam Cái Khế một đơn vị
    /bantin bản tin tuần; /bantin 2026-W47
    /chitieu nguontin 2000 đặt chỉ tiêu năm
    /hoatdong tapthe 2 ghi khen thưởng
page-help_admin =
    <b>Quản trị</b>
    /moi canbo 31135 mời người (canbo, chihuy, thanhtra, bcd138, quantri)
    /danhsach ai đang có vai trò
    /thuhoi 7 thu hồi vai trò
    /themten 31135 chợ Xuân Khánh dạy bot một tên nơi chốn

alias-added = Từ giờ bot hiểu “{ $name }” là { $unit }.
refused-alias-unusable = Không thêm được tên “{ $name }”: tên quá ngắn, quá dài, hoặc trùng tên một phường, xã.
