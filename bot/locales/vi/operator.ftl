### Lời với người vận hành, trên dòng lệnh.

health-database = Cơ sở dữ liệu: { $path }
health-places = Địa bàn: { $name }, { $number } đơn vị
health-people = Người có vai trò: { $number }
health-staffed = Đơn vị có người trực: { $number }
health-messages-waiting = Tin nhắn chờ gửi: { $number }
health-messages-parked = Tin nhắn không gửi được: { $number }
health-updates-parked = Cập nhật cất riêng: { $number }
health-audit-whole = Nhật ký: nguyên vẹn
health-audit-broken = Nhật ký: ĐỨT tại dòng { $number }
health-seals-broken = Không mở được { $number } dòng đã niêm phong ở bảng { $table }: dòng bị hỏng hoặc bị sửa. Giữ nguyên tệp này để xem lại, rồi khôi phục từ bản sao gần nhất.
health-clock = Giờ của máy này chậm hơn dòng cuối của nhật ký ({ $latest } UTC): đồng hồ đang chậm, hoặc đã có lúc chạy nhanh. Chỉnh lại giờ máy rồi kiểm tra lần nữa.

operator-storage-unwritable = Không ghi được vào { $path }: đĩa đầy, đĩa lỗi, hoặc người dùng này không có quyền ghi. Dọn bớt đĩa hoặc sửa quyền rồi chạy lại; tin người dân vừa gửi vẫn chờ ở Telegram trong 24 giờ.
operator-storage-damaged = { $path } bị hỏng hoặc không phải cơ sở dữ liệu của bot. Dừng bot, giữ nguyên tệp này để xem lại, rồi khôi phục từ bản sao gần nhất.
operator-storage-damaged-tables = { $path } bị hỏng ở bảng { $tables }. Dừng bot, giữ nguyên tệp này để xem lại, rồi khôi phục từ bản sao gần nhất.
operator-storage-busy = Một chương trình khác đang ghi vào { $path }. Đợi nó xong rồi chạy lại.
operator-storage-running = Đã có một bot đang chạy trên { $path }; mỗi cơ sở dữ liệu chỉ một bot. Dừng bot kia trước, rồi chạy lại.

operator-invite = Lời mời một lần, vai trò { $role } tại { $unit }:
operator-invite-offline = Telegram đang không trả lời nên chưa có liên kết. Người được mời mở bot và gõ: { $command }
operator-invite-refused = Telegram không nhận NGUONTIN_TOKEN này nên chưa có liên kết. Hãy sửa giá trị ấy trước; rồi người được mời mở bot và gõ: { $command }
operator-invite-unit = Chưa mời ai: vai trò { $role } cần một đơn vị. Ghi thêm --unit và mã đơn vị, ví dụ --unit 31135; cả thành phố là --unit { $city }.
operator-invite-expires = Hết hạn lúc { $expires } UTC.
operator-invite-next = Người mở liên kết được bot cho một số. Nghe chính họ đọc số ấy rồi gõ:
operator-confirmed = Đã xác nhận số { $number }: { $role }, đơn vị { $unit }.
operator-recount-off = { $number } sai lệch.
operator-recount-mended = Đã cộng bù { $number } sai lệch.
operator-recount-long = Đếm mất { $seconds } giây; trong lúc ấy nhật ký ghi còn giữ những gì vừa xóa. Lần sau nên đếm lúc vắng.
operator-sums-mended = Các con số vừa được bù trong lúc đang đếm. Chạy đếm lại lần nữa.
operator-recount-right = Khớp: mọi con số bằng tổng các dòng.
operator-keys = { $folder }: tháng { $months }; năm { $year }
operator-alias = “{ $name }”: { $unit }
operator-digest-queued = Đã xếp hàng gửi.
operator-digest-sent-before = Bản tin tuần này đã được gửi trước đó.
operator-demo-open = Mở trang này trong trình duyệt (Ctrl-C để dừng):
operator-demo-ended = Bot đã tự dừng. Những dòng cuối của nó:
