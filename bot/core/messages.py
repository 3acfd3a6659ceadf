"""Single sentences to cadres: refusals, short confirmations. Read them aloud when you add one."""

NOT_ALLOWED = "Đồng chí chưa được giao quyền làm việc này."
GROUP_CODE_OVER = "Mã liên kết không đúng, đã dùng hoặc đã hết hạn."
GROUP_LINKED_ALREADY = (
    "Nhóm này đang nhận tin của một đơn vị. Cần ngừng gửi ở đơn vị đó trước: lãnh đạo đơn vị gõ "
    "/nhom trong trò chuyện riêng."
)
NOT_FOUND = "Không tìm thấy nội dung này. Đề nghị bấm /start để xem lại."
STALE_BUTTON = "Nút này không còn hiệu lực. Nội dung mới nhất như sau:"
FORM_MOVED_ON = "Phần này đã sang bước khác. Mời xem bên dưới."
NOT_YOUR_DRAFT = "Nội dung này không phải của đồng chí."
DRAFT_GONE = "Nội dung này đã gửi hoặc đã hủy. Đề nghị bấm /start để xem lại."
FAILED = (
    "Hệ thống gặp lỗi khi xử lý yêu cầu vừa rồi. Lỗi đã được ghi nhận, mã {code}. "
    "Đề nghị thử lại sau ít phút; nếu vẫn lỗi, đề nghị báo mã này cho cán bộ quản trị của Công "
    "đoàn."
)
LEFT_TOO_LONG = (
    "Hệ thống bị gián đoạn nên chưa xử lý được nội dung đồng chí gửi trước đây. "
    "Mong đồng chí thông cảm, xem lại và gửi lại nếu vẫn cần."
)
FAILED_AFTER = (
    "Việc vừa làm đã được ghi lại, nhưng chưa hiện được kết quả. Đề nghị bấm /start để xem lại. "
    "Nếu còn vướng, đề nghị báo mã {code} cho cán bộ quản trị của Công đoàn."
)
NOT_SHOWN = "Có nội dung trả lời chưa hiện được. Đề nghị bấm /start để xem lại."
EMAIL_NEEDED = "Địa chỉ thư chưa đúng. Đồng chí gõ lại, ví dụ: nguyenvanan@gmail.com."
ADDRESS_CODE_OVER = "Mã này không còn dùng được. Đề nghị đồng chí lấy mã mới."
ADDRESS_CODE_WRONG = "Mã chưa đúng. Đề nghị đồng chí xem lại thư và gõ lại."
TOO_MANY_CODES = "Hôm nay đồng chí đã lấy mã nhiều lần. Đề nghị đồng chí thử lại vào ngày mai."
ADDRESS_OF_ANOTHER = (
    "Địa chỉ hoặc tài khoản này đang dùng cho người khác. Đề nghị đồng chí báo cán bộ quản trị."
)
LAST_ADDRESS = (
    "Chưa bỏ được nơi này: đồng chí đang dùng nó, hoặc không còn nơi nào khác để nhận thông báo."
)
FILE_NOT_FETCHED = "Chưa tải được tệp. Đề nghị đồng chí gửi lại sau ít phút."
SENT_ALREADY = "Đã gửi rồi, {who} yên tâm."
WORDS_PUT_AWAY = "Đã thêm vào phần “{label}”."
FILE_PUT_AWAY = "Đã nhận {what}, sẽ xếp vào phần “{label}”."
FILE_TOO_LARGE = "Tệp lớn hơn 20 MB nên chưa nhận được. Đề nghị gửi tệp nhỏ hơn."
FILM_SHOWS_SENDER = (
    "Công đoàn chưa nhận video và tệp ghi âm ở phần này, vì trong tệp có thể còn nơi quay, máy "
    "quay của người gửi. Mời anh/chị gửi ảnh, tin thoại hoặc viết bằng chữ; tin vừa rồi chưa được "
    "lưu."
)
FILE_FITS_NOWHERE = (
    "Tệp vừa gửi chưa được lưu, vì lúc này không có nội dung nào đang chờ tệp. Đề nghị đồng chí "
    "mở việc cần làm rồi gửi lại."
)
NOTHING_NAMED = (
    "🔎 Không thấy cơ sở, đơn vị, cán bộ hoặc mã phản ánh nào như vậy trong phạm vi đồng chí phụ "
    "trách."
)
GOES_NOWHERE = (
    "Tin đồng chí vừa viết chưa được ghi vào đâu, cũng chưa gửi tới ai. Đề nghị đồng chí chọn việc "
    "cần làm bên dưới rồi viết lại."
)
FORM_DROPPED = "Đã hủy. Bấm /start để làm việc khác."
KEPT_AS_IT_IS = "Giữ nguyên như hiện nay. Bấm /start để làm việc khác."
ANSWER_CORRECTED = "Đã sửa theo tin nhắn vừa chỉnh."
ANSWER_ALREADY_SENT = (
    "Nội dung này đã gửi đi nên sửa tin nhắn không còn tác dụng. "
    "Đồng chí mở lại báo cáo và bấm “Sửa báo cáo”."
)
NOTHING_SENT = "Chưa có nội dung nào. Đề nghị gõ vào ô hoặc chọn tệp rồi bấm lại."
PRESS_A_BUTTON = "Đề nghị bấm một nút ở dưới."

NO_REPORT_TO_REMARK_ON = "Lượt đi này chưa có báo cáo của cán bộ để trao đổi."
NOBODY_TO_WRITE_TO = "Trong phạm vi này chưa có đồng chí nào để gửi."
DAY_NOT_IN_WEEK = "Ngày này không còn trong tuần của lượt đi. Đề nghị chọn ngày khác."
VISIT_CLOSED = "Lượt đi này đã kết thúc, không thay đổi được nữa."
VISIT_NOT_REPORTABLE = (
    "Lượt đi này đã báo cáo hoặc đã quá hạn bổ sung. "
    "Nếu đồng chí vừa đi cơ sở, đề nghị dùng /dotxuat để báo cáo lượt đi ngoài kế hoạch."
)
PHONE_REPORT_UNREADABLE = (
    "Báo cáo gửi từ máy chưa đọc được. Nội dung vẫn còn trong máy, đồng chí mở lại rồi gửi lần nữa."
)
PICTURE_UNREADABLE = "Có ảnh không đọc được. Đồng chí bỏ ảnh đó, chụp lại rồi gửi."
REPORTED_ANOTHER_WAY = (
    "Lượt đi này đã có báo cáo gửi trước đó, nên bản viết trên máy chưa được nhận. Nội dung vẫn "
    "còn trong máy: cần bổ sung thì đồng chí chép lại, mở báo cáo đã gửi và bấm “Sửa báo cáo”."
)
REPORT_NOT_CORRECTABLE = "Đã quá thời hạn sửa báo cáo này."
SITE_NOT_YOURS = "Cơ sở này không thuộc phạm vi đồng chí được phân công."
DAY_CHOSEN = "Đã hẹn {day}."
PLACE_CHANGED = "Cơ sở cần đến đã đổi, mời đồng chí xem lại."
NO_SWAP_ASKED = "Đề nghị đổi này đã được quyết định hoặc đã rút."
SWAP_WITHDRAWN = "Đã rút đề nghị."
VISIT_GIVEN_AWAY = "Lượt đi này đã giao cho đồng chí {name}."
VISIT_AGAIN = "Đã ghi nhận đồng chí thu xếp được; hệ thống sẽ báo lãnh đạo."
VISIT_TAKEN = "Đã nhận lượt đi."
NOTHING_TO_REPORT = "Đồng chí không có lượt đi nào đang chờ báo cáo."

# Invitations: whoever opens a link may be anybody, so these address nobody.
INVITATION_UNKNOWN = (
    "Liên kết mời này không đúng. Đề nghị mở lại đúng liên kết đã nhận, "
    "hoặc xin quản trị liên kết mới."
)
INVITATION_EXPIRED = "Liên kết mời này đã hết hạn. Đề nghị xin quản trị liên kết mới."
INVITATION_USED = (
    "Liên kết mời này đã có người dùng. Mỗi liên kết chỉ dùng một lần; "
    "đề nghị xin quản trị liên kết mới."
)
INVITATION_REVOKED = "Liên kết mời này đã được thu hồi. Đề nghị liên hệ quản trị."
START_UNKNOWN = "Liên kết vừa mở không dùng được ở đây. Mời xem trang chính bên dưới."
ALREADY_IN = "Đồng chí đã có vai trò này rồi, không cần dùng lại liên kết."
OWN_INVITATION = "Liên kết này do đồng chí tạo để gửi cho người được mời."
INVITATION_USED_TOO_LATE = "Liên kết này đã có người dùng nên không thu hồi được nữa."
INVITATION_CLOSED = "Liên kết này không còn dùng được. Đề nghị tạo liên kết mới."
INVITATION_REVOKE_DONE = "Đã thu hồi liên kết mời."
NO_SUCH_UNIT = "Không có đơn vị “{name}”. Đề nghị kiểm tra lại mã hoặc tên."
NO_SUCH_CLUSTER = "Không có cụm, khối “{name}”. Đề nghị kiểm tra lại tên."
UNIT_IS_DISSOLVED = "{name} đã giải thể hoặc sáp nhập, đề nghị chọn đơn vị khác."
MORE_THAN_WORKERS = "Số đoàn viên, lao động nữ không thể nhiều hơn số lao động. Đề nghị xem lại."
NOT_TO_VOUCH = "Buổi này chưa có báo cáo hoặc đã quá lâu, chưa xác nhận được."
VOUCHED = "Đã ghi nhận. Cảm ơn đồng chí."
REPRESENTATIVE_NEEDS_A_SITE = "BCH CĐCS cần gắn với một CĐCS cụ thể."
ROLE_NEEDS_AN_UPPER_UNIT = "Vai trò này gắn với đơn vị cấp trên của cơ sở, không gắn với cơ sở."
CLUSTER_IS_FOR_SUPERVISORS = "Chỉ lãnh đạo mới được giao phụ trách cụm, khối."
NO_NAME = "Chưa có tên"

# The web pages of the staff; whoever opens a link may be anybody.
WEB_IS_OFF = "Công đoàn chưa mở trang web. Mời đồng chí tiếp tục ở đây."
WEB_FOR_STAFF = (
    "Trang này dành cho cán bộ, lãnh đạo và ban chấp hành công đoàn cơ sở đã được mời. "
    "Đề nghị liên hệ quản trị."
)
WEB_LINK_UNKNOWN = (
    "Liên kết này không đúng, hoặc đã có liên kết mới hơn thay cho nó. "
    "Đề nghị mở liên kết nhận được sau cùng."
)
WEB_LINK_USED = (
    "Liên kết này đã được dùng. Mỗi liên kết chỉ vào được một lần; đề nghị lấy liên kết mới."
)
OPEN_INVITATION_ITSELF = (
    "Lời mời làm cán bộ công đoàn không nhận được ở trang này. Mời anh/chị mở thẳng liên kết ấy."
)
WEB_LINK_EXPIRED = "Liên kết này đã hết hạn. Đề nghị lấy liên kết mới."
WEB_NOT_ONE_PERSON = (
    "“{name}”: cần đúng một người; đang có: {numbers}. Đề nghị ghi đủ họ tên, hoặc ghi số."
)
WEB_ENDED = "Đã đóng."
WEB_NOT_READ = "Công đoàn chưa nhận được nội dung vừa gửi. Mời đồng chí mở lại trang rồi thử lại."
WEB_CLOSED = (
    "Trang đã đóng: để yên quá lâu, đã có người bấm đóng, hoặc vai trò của đồng chí vừa thay đổi. "
    "Việc vừa bấm chưa được thực hiện."
)
WEB_PRESS_AGAIN = (
    "Mời đồng chí xem lại nội dung dưới đây rồi bấm lần nữa. Vẫn thấy trang này thì mở liên kết "
    "bằng Chrome hoặc Safari."
)
WEB_NOT_STATED = (
    "Chưa nhận ra đồng chí qua Telegram. Mời đồng chí đóng trang rồi mở lại từ nút trong Telegram."
)
THE_OPERATOR = "người vận hành máy chủ"

LEAVE_ENDS_BEFORE = "Ngày cuối phải từ ngày đầu trở đi. Đề nghị chọn lại."
LEAVE_IS_PAST = "Kỳ nghỉ này đã qua, không thay đổi được nữa."
LEAVE_TOO_LONG = "Mỗi lần báo nghỉ nhiều nhất một năm. Đề nghị chọn lại ngày cuối."
LEAVE_KNOWN = "Đồng chí đã báo nghỉ phép {span}, gồm cả những ngày này."
LEAVE_OFF = "Đã hủy báo nghỉ phép."

# Overview and supervision.
NO_FILES = "Báo cáo này không kèm ảnh, tin thoại hay tệp."
FILES_GONE = "Có {count} tệp chưa mở được. Đề nghị thử lại sau ít phút."
FILES_GIVEN_UP = (
    "Có {count} tệp đã được gửi nhưng không lưu lại được (quá lớn hoặc không mở được). "
    "Nếu cần, đề nghị đồng chí hỏi lại người gửi."
)
NO_REPORT_AWAITED = "Không còn đồng chí nào phải nhắc báo cáo."
JUST_REMINDED = (
    "Các đồng chí vừa được nhắc. Mỗi đồng chí chỉ nhắc một lần trong một giờ; "
    "đề nghị đồng chí nhắc lại sau."
)
REQUEST_DECIDED = "Đề nghị này đã được xem xét rồi: {words}."
VISIT_MOVED = "Lượt đi này vừa được giao cho đồng chí {name}. Đề nghị mở lại để xem."
ALREADY_THERE = (
    "Đồng chí {name} đã có lượt đi cơ sở này trong {week}. Đề nghị chọn cơ sở khác hoặc tuần khác."
)
TASK_OVER = "Nhiệm vụ này đã ghi nhận kết quả rồi."
TASK_NOT_THEIRS = "Đồng chí được chọn không còn vai trò tại đơn vị này. Đề nghị chọn người khác."
NO_CAMPAIGN = "Các kế hoạch đang thực hiện không có tháng cao điểm này."
RECRUITMENT_MOVED = "Doanh nghiệp này vừa sang bước khác. Đề nghị đồng chí xem lại."
RECRUITMENT_OVER = "Doanh nghiệp này không còn đang vận động thành lập công đoàn."
RECRUITMENT_BEGUN = "Đã bắt đầu. Bước đầu tiên là khảo sát doanh nghiệp."
RECRUITMENT_GOES_ON = "Đã tiếp tục vận động."
MORE_THAN_ITS_WORKERS = (
    "Số người ghi nhiều hơn số lao động của doanh nghiệp ({workers}). Đề nghị xem lại, hoặc cập "
    "nhật số lao động trước bằng phiếu khảo sát."
)
TOO_FEW_APPLICATIONS = (
    "Cần ít nhất {least} người lao động có đơn tự nguyện gia nhập Công đoàn (Điều lệ Công đoàn "
    "Việt Nam). Đề nghị ghi số đơn đã thu."
)
TOO_FEW_MEMBERS = "Công đoàn cơ sở cần ít nhất {least} đoàn viên. Đề nghị xem lại."
FOUNDED_NOT_UNDONE = (
    "Đã quá một ngày, hoặc cơ sở đã có Ban Chấp hành hay số liệu mới nên không hủy được. Nếu ghi "
    "sai, đề nghị quản trị sửa."
)
FOUNDED_KEPT = (
    "Cơ sở đã có Ban Chấp hành hoặc số liệu mới sau ngày thành lập nên không hủy được. Đề nghị "
    "sửa trong danh sách đơn vị (/nhap)."
)
PROMISE_OVER = "Việc này đã được ghi nhận kết quả rồi."
PROMISE_DONE = "Đã ghi nhận: việc đã xong."
FIGURES_DECIDED = "Số liệu của cơ sở này đã được quyết định rồi."
FIGURES_CHANGED = "Vừa có số liệu mới được đề xuất. Đề nghị đồng chí xem lại."
RATING_CHANGED = "Đề xuất xếp loại vừa thay đổi hoặc đã được quyết định. Đề nghị đồng chí xem lại."
NO_OTHER_SITE = "Trong tuần không còn cơ sở nào khác phù hợp. Đề nghị giao cho cán bộ khác."
OFFICER_OUTSIDE = "Cán bộ này không thuộc phạm vi đồng chí phụ trách."
WEEK_IS_OVER = "Tuần đã chọn không còn giao được nữa. Đề nghị chọn lại tuần."

ROLE_IS_OVER = "Vai trò này đã kết thúc từ trước."
OWN_ADMINISTRATION = (
    "Đồng chí không tự kết thúc vai trò quản trị của mình được. Đề nghị nhờ một quản trị khác."
)
QUOTA_OUT_OF_RANGE = "Mỗi tuần từ 0 đến {most} lượt. Đề nghị chọn lại."
QUOTA_SET = "Đã đổi số lượt đi mỗi tuần."
FULL_NAME_NEEDED = "Đề nghị gõ đủ họ và tên, ví dụ: Nguyễn Văn An."
PHONE_NEEDED = "Đề nghị gõ số điện thoại từ 8 đến 15 chữ số, ví dụ: 0912345678."
NEW_SITE_DECIDED = "Cơ sở này đã được xử lý rồi."
NO_UNIT_FOR_SITE = (
    "Chưa rõ đồng chí thuộc đơn vị nào để ghi cơ sở mới. Đề nghị báo quản trị thêm cơ sở này."
)
NOTICE_GONE = "Tin này không còn lưu. Đề nghị bấm /start để xem lại."
NOTHING_ACCEPTED = "Năm nay chưa có đề xuất khen thưởng nào được đồng ý để lập tờ trình."
NO_KIND_CHOSEN = (
    "Các đề xuất đã đồng ý đều chưa chọn loại. Đề nghị mở từng đề xuất, chọn loại rồi lập tờ trình."
)
NOBODY_ABOVE = "Không còn lãnh đạo cấp trên để chuyển. Đề nghị đồng chí quyết định."
NOT_ACCEPTED_YET = "Chỉ phổ biến được đề xuất đã đồng ý."
COMMENDATION_DECIDED = "Đồng chí {name} đã quyết định đề xuất này."
NOT_TO_DEFER = "Chỉ chuyển được lượt đi của tuần này, khi chưa báo cáo và tuần chưa hết."
OWN_DEFER = (
    "Đây là lượt đi của chính đồng chí. Đề nghị đồng chí mở lượt đi, bấm “Xin sang tuần sau” "
    "để lãnh đạo khác quyết định."
)
EXCUSE_WAITING = "Đồng chí đã xin phép không đi lượt này; lãnh đạo đang xem xét."
OWN_EXCUSE = (
    "Đây là lượt đi của chính đồng chí. Đề nghị đồng chí mở lượt đi, bấm “Không đi được” "
    "để lãnh đạo khác quyết định."
)
EXCUSE_OWN_REQUEST = "Đây là đề nghị của chính đồng chí; lãnh đạo khác quyết định."
SWAP_WAITING = "Đồng chí đã xin đổi lượt đi này; lãnh đạo đang xem xét."
NOTHING_LIKE_IT = "Không thấy nội dung nào gần giống, mời gõ lại."
UNKNOWN_COMMAND = "Không có lệnh này."
CASE_MOVED_ON = "Phản ánh, kiến nghị đã sang bước khác nên việc này không còn thực hiện được."

# Cases.
CASE_TOP_LEVEL = (
    "Phản ánh, kiến nghị đang ở cấp cao nhất, không chuyển lên được nữa. "
    "Đề nghị giải quyết, chuyển cơ quan chức năng hoặc hướng dẫn."
)
CASE_ONLY_GUIDED = (
    "Khiếu nại không thuộc thẩm quyền thì hướng dẫn người khiếu nại gửi đến cơ quan, người "
    "có thẩm quyền, không chuyển đơn. Đề nghị đồng chí bấm “Hướng dẫn”."
)
CASE_NO_REPORTER = "Không có người phản ánh để hỏi."
CASE_NOT_COLLEAGUE = "Đồng chí được chọn không công tác tại đơn vị đang xử lý."
CASE_OTHER_CLOSED = "Mã kia đã kết thúc nên không gộp vào được."
CASE_OTHER_SITE = "Hai mã thuộc hai cơ sở khác nhau nên không gộp được."
CASE_NOBODY_NAMED = "Người phản ánh không để lại tên."
CASE_NOTHING_ALIKE = "Không còn phản ánh, kiến nghị nào có nội dung tương tự."
COMMITTEE_ANSWERED = "Đã báo ban chấp hành: việc này đã làm."
CASE_TAKEN = "Đồng chí đã nhận xử lý."
CASE_CLOSED = "Đã kết thúc."
CASE_CHANGED = "Đã đổi."
CASE_LINKED = "Đã liên kết hai mã."
CASE_MERGED = "Đã gộp {count} mã."
CASE_PASSED = "Đã giao cho đồng chí {name}."

# Alerts and short reports.
ALERT_OVER = "Sự việc này đã kết thúc. Nếu phát sinh mới, hệ thống sẽ cảnh báo lại."
ALERT_WRONG = "Đã ghi nhận không phải dấu hiệu ngừng việc."
ALERT_REPORTED = "Đã có báo cáo nhanh về việc này, không ghi nhận là báo nhầm được."
ALERT_KNOWN = "Đã ghi nhận đồng chí đã nắm."

# Reports that units owe.
NOBODY_TO_REMIND = "Không còn đơn vị nào phải gửi báo cáo này."
NOBODY_RECEIVES = (
    "Đơn vị chưa có lãnh đạo, cán bộ nào trong hệ thống nên chưa nhắc được. "
    "Đề nghị đồng chí liên hệ trực tiếp."
)
REMINDED_ALREADY = (
    "Đơn vị đã được nhắc lúc {at}. Mỗi đơn vị chỉ nhắc một lần trong một giờ; "
    "đề nghị đồng chí nhắc lại sau."
)
NOT_EXCUSED = "Đơn vị này hiện không được miễn gửi báo cáo."
EXCUSED_AS_GONE = (
    "Đơn vị đã giải thể hoặc sáp nhập nên không phải gửi. Nếu không đúng, đề nghị quản trị sửa "
    "danh sách đơn vị."
)
EXCUSED_ALREADY = "Đơn vị này đã được miễn gửi báo cáo."
MERGED_SINCE = (
    "{units} nhập vào sau khi đơn vị gửi bản này: chưa có số liệu ở đây. "
    "Cần thì đề nghị gửi bản mới."
)
SENT_NOT_EXCUSED = "Đơn vị đã gửi báo cáo nên không cần miễn nữa."
DEADLINE_OUT_OF_RANGE = (
    "Không đặt hạn trước ngày {day} được. Hạn phải từ ngày mai trở đi, trong vòng một năm."
)
DEADLINE_IS_SO = "Hạn đang là trước ngày {day}. Đề nghị chọn ngày khác."
NO_UNITS_TO_ASK = "Đồng chí không có công đoàn cấp dưới nào để yêu cầu báo cáo."
UNITS_NOT_YOURS = "Có đơn vị không còn thuộc phạm vi của đồng chí. Đề nghị chọn lại."
UNITS_NOT_TOGETHER = (
    "Các đơn vị đã chọn không cùng thuộc một cấp trên của đồng chí. Đề nghị yêu cầu từng đơn vị."
)
REQUEST_NEEDS_TITLE = "Đề nghị ghi tên báo cáo."
QUESTIONS_OUT_OF_RANGE = "Mỗi yêu cầu có từ 1 đến {most} câu hỏi."
SPLIT_CHANGED = (
    "Từ lúc đồng chí xem, số lao động hoặc danh sách đơn vị đã thay đổi nên số chia cũng khác. "
    "Đề nghị xem lại rồi giao."
)
NOBODY_TO_SPLIT = "Chưa có đơn vị nào để chia chỉ tiêu này."
NOT_OVER_100 = "Tỷ lệ cao nhất là 100%."
MORE_THAN_ALL = "Số đã thực hiện không thể nhiều hơn tổng số. Đề nghị ghi lại."
DECLARED_SINCE = "Đơn vị vừa khai lại số khác. Đề nghị xem bản mới rồi quyết định."
DECLARATION_DECIDED = "Kết quả này đã được xem xét rồi."
NO_PROPOSALS = "Không còn đề xuất xếp loại nào chờ quyết định."
