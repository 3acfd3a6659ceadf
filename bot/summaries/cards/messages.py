"""Short sentences about summaries: refusals and toasts."""

from bot.core.messages import NOT_ALLOWED, NOT_FOUND
from bot.core.rendering import number
from bot.summaries.rules.summaries import LONGEST_SECTION

__all__ = ["NOT_ALLOWED", "NOT_FOUND"]

SENT_LOCKED = (
    "Đồng chí {name} đã gửi báo cáo lúc {when}, nội dung đã khóa. "
    "Cần sửa thì đề nghị {receiver} trả lại báo cáo."
)
ACCEPTED_LOCKED = "{receiver} đã tiếp nhận báo cáo gửi lúc {when}, nội dung không sửa được nữa."
SENT_JUST_NOW = "Đồng chí {name} vừa gửi báo cáo lúc {when}. Báo cáo chỉ được gửi một lần."
STILL_MISSING = "Chưa gửi được, còn thiếu: {parts}. Đề nghị viết đủ các phần này rồi gửi."
TOO_LONG = (
    f"Mỗi phần nhận nhiều nhất {number(LONGEST_SECTION)} ký tự; thêm nội dung này thì thành "
    "{letters} ký tự nên chưa ghi được. Những gì đã ghi trước đó vẫn còn. Đề nghị rút gọn."
)
NOTHING_WRITTEN = "Phần này chưa có nội dung nào để ghi. Đề nghị gõ chữ hoặc gửi tin thoại."
WORDS_AND_VOICE = "Phần này nhận chữ và tin thoại. Ảnh, tệp đề nghị gửi kèm báo cáo đi cơ sở."
NEEDS_WORDS = "Đề nghị ghi thành chữ; tin thoại không thay được phần chữ này."
NO_SUCH_SECTION = "Báo cáo này không có phần đó. Đề nghị mở lại báo cáo."
NO_PROPOSALS = "Báo cáo này không có phần đề xuất, kiến nghị."
ALREADY_PROPOSED = "Đề xuất này đã có trong báo cáo."
NOT_CORRECTABLE = "Số này được tính từ các số khác nên không sửa trực tiếp được."
SAME_NUMBER = "Báo cáo đang ghi đúng số đó rồi, không cần sửa."
SAME_AS_COUNTED = "Đó là số hệ thống tính. Đề nghị bấm Hủy, rồi bấm “Bỏ sửa” ở số này."
WHY_IN_WORDS = "Đề nghị ghi lý do bằng chữ, ví dụ: Theo sổ sách của đơn vị."
NOT_CORRECTED = "Số này chưa được sửa."
CORRECTED_MEANWHILE = (
    "Đồng chí {name} vừa sửa số này thành {value} lúc {when}. Đề nghị xem lại trước khi sửa tiếp."
)
TAKEN_BACK_MEANWHILE = (
    "Đồng chí {name} vừa trả số này về số hệ thống tính lúc {when}. Đề nghị xem lại."
)
CARD_TOO_OLD = (
    "Báo cáo đã được trả lại sau khi đồng chí mở phần này. Đề nghị mở lại báo cáo, xem rồi gửi."
)
NOT_WAITING = "Bản này không còn chờ quyết định. Đề nghị mở lại báo cáo."
DECIDED_ALREADY = "Đồng chí {name} đã quyết định về bản này lúc {when}."
NO_VOICES = "Phần này không có tin thoại nào."

WRITTEN = "Đã ghi."
PROPOSAL_ADDED = "Đã thêm đề xuất."
PROPOSAL_REMOVED = "Đã bỏ đề xuất."
NUMBER_CORRECTED = "Đã ghi số sửa."
NUMBER_TAKEN_BACK = "Đã khôi phục số do hệ thống tính."
SENT = "Đã gửi báo cáo."
ACCEPTED = "Đã tiếp nhận."
GIVEN_BACK = "Đã trả lại."
