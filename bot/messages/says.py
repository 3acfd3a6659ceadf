"""Single sentences to cadres: refusals, short confirmations. Read them aloud when you add one."""

NOT_ALLOWED = "Đồng chí chưa được giao quyền làm việc này."
NOT_FOUND = "Không tìm thấy nội dung này. Đề nghị bấm /start để xem lại."
STALE_BUTTON = "Nút này đã cũ. Đây là nội dung hiện tại."
FORM_MOVED_ON = "Biểu mẫu đã sang bước khác. Mời đồng chí xem thẻ bên dưới."
NOT_YOUR_DRAFT = "Biểu mẫu này không phải của đồng chí."
DRAFT_GONE = "Biểu mẫu này đã gửi hoặc đã hủy. Đề nghị bấm /start để xem lại."
FAILED = (
    "Hệ thống gặp lỗi khi xử lý yêu cầu vừa rồi. Lỗi đã được ghi nhận, mã {code}. "
    "Đề nghị thử lại sau ít phút; nếu vẫn lỗi, đề nghị báo mã này cho quản trị."
)
FILE_TOO_LARGE = "Tệp lớn hơn 20 MB nên chưa nhận được. Đề nghị gửi tệp nhỏ hơn."
FORM_DROPPED = "Đã hủy. Bấm /start để về trang chính."
ANSWER_CORRECTED = "Đã sửa theo tin nhắn vừa chỉnh."
ANSWER_ALREADY_SENT = (
    "Nội dung này đã gửi đi nên sửa tin nhắn không còn tác dụng. "
    "Đồng chí mở lại báo cáo và bấm “Sửa báo cáo”."
)
PRESS_A_BUTTON = "Đề nghị bấm một nút trên thẻ."
