### Lời của các con số.

stats-title = <b>{ $unit }</b>
stats-period-week = Tuần { $period } ({ $first } – { $last })
stats-period-month = Tháng { $period }
stats-period-year = Năm { $period }
stats-received = Tin báo nhận được: <b>{ $number }</b>
stats-part = { $label } { $number }
stats-withdrawn = rút lại
stats-open = Đang mở: { $number }
stats-line = { $label }: <b>{ $value }</b>
stats-target = (chỉ tiêu { $number })
stats-baseline = (2019: { $number })
stats-corrections = Điều chỉnh: { $number } nguồn tin của kỳ trước được rút lại trong kỳ này.
stats-old-city = <b>32 đơn vị thuộc thành phố Cần Thơ năm 2019</b>, cạnh số liệu 2019:
stats-inspectorate = Ngoài các số trên: thanh tra nhận { $received } tin, { $valuable } nguồn tin có giá trị (tính đến hết tháng gần nhất).
stats-misprint = * Báo in “1.3600.000”, đọc là 1.360.000.
stats-ladder = <b>Nhiều nguồn tin có giá trị nhất</b>
stats-ladder-line = { $place }. { $unit }: { $number }
stats-week = Tuần
stats-month = Tháng
stats-year = Năm
stats-back = ← Kỳ trước
stats-forward = Kỳ sau →

activity-words = tapthe, canhan, mohinh, kiemtra, guong
activity-recorded-outreach = Đã ghi { $records } cuộc tuyên truyền, { $number } lượt người tham dự.
activity-recorded-collectives = Đã ghi { $number } tập thể được khen thưởng.
activity-recorded-individuals = Đã ghi { $number } cá nhân được khen thưởng.
activity-recorded-model = Đã ghi { $number } mô hình tự phòng, tự quản, tự bảo vệ.
activity-recorded-joint_check = Đã ghi { $number } cuộc kiểm tra liên ngành.
activity-recorded-good_deed = Đã ghi { $number } gương người tốt, việc tốt.

line-sessions = Cuộc tuyên truyền
line-people = Lượt người tham dự
line-valuable = Nguồn tin có giá trị
line-cases = Vụ triệt phá
line-persons = Đối tượng giáo dục, bắt, xử lý
line-fugitives = Đối tượng truy nã
line-collectives = Tập thể được khen thưởng
line-individuals = Cá nhân được khen thưởng

target-set-sessions = Chỉ tiêu năm { $year } của { $unit }: { $number } cuộc tuyên truyền.
target-set-people = Chỉ tiêu năm { $year } của { $unit }: { $number } lượt người tham dự.
target-set-valuable = Chỉ tiêu năm { $year } của { $unit }: { $number } nguồn tin có giá trị.
target-set-cases = Chỉ tiêu năm { $year } của { $unit }: { $number } vụ triệt phá.
target-set-persons = Chỉ tiêu năm { $year } của { $unit }: { $number } đối tượng.
target-set-fugitives = Chỉ tiêu năm { $year } của { $unit }: { $number } đối tượng truy nã.
target-set-collectives = Chỉ tiêu năm { $year } của { $unit }: { $number } tập thể được khen thưởng.
target-set-individuals = Chỉ tiêu năm { $year } của { $unit }: { $number } cá nhân được khen thưởng.

qualifier-over = trên { $number }
qualifier-nearly = gần { $number }
qualifier-exact = { $number }

digest-title = <b>Bản tin tuần { $period }</b>
digest-span = { $first } – { $last }
digest-received = Tin báo nhận được: <b>{ $number }</b> (tuần trước { $before })
digest-line = { $label }: <b>{ $value }</b> (tuần trước { $before })
digest-open = Đang mở: { $open }, quá hạn: { $overdue }
