"""The users' words for cases. For cadres; workers get them spelt out elsewhere."""

from collections.abc import Callable

from bot.cases.rules.cases import CaseAction
from bot.core.rendering import number
from storage.enums import CaseKind, CaseStatus, Category, Severity
from storage.models import Case

STATUSES = {
    CaseStatus.RECEIVED: "Đã tiếp nhận",
    CaseStatus.IN_PROGRESS: "Đang xử lý",
    CaseStatus.ESCALATED: "Đã chuyển cấp trên",
    CaseStatus.REFERRED: "Đã chuyển cơ quan chức năng",
    CaseStatus.GUIDED: "Không thuộc thẩm quyền – đã hướng dẫn",
    CaseStatus.SETTLED: "Đã giải quyết",
    CaseStatus.ANSWERED: "Đã phản hồi",
    CaseStatus.MERGED: "Đã gộp vào phản ánh, kiến nghị khác",
}


def status_of(case: Case, level: str = "") -> str:
    """How far it is. `level`: the unit that has it by now; whoever reads may be of that very unit,
    above which there may be none."""
    if case.status is CaseStatus.ESCALATED and level:
        return f"Đã chuyển lên {level}"
    return STATUSES[case.status]


KINDS = {
    CaseKind.CONCERN: "Phản ánh",
    CaseKind.PROPOSAL: "Kiến nghị",
    CaseKind.COMPLAINT: "Khiếu nại",
    CaseKind.DENUNCIATION: "Tố cáo",
}

INFORMATION = {
    CaseKind.COMPLAINT: "Thông tin có nội dung khiếu nại",
    CaseKind.DENUNCIATION: "Thông tin có nội dung tố cáo",
}
"""What a khiếu nại or tố cáo is called that nobody put a name to."""

SEVERITIES = {Severity.NORMAL: "Thường", Severity.URGENT: "Khẩn"}

FOR_HANDLERS = " – bảo mật"
"""Behind what a confidential category is called: it concerns those who handle a case, no paper."""

# Category -> (on a button, in full).
CATEGORIES = {
    Category.LUONG: ("Lương", "lương, phụ cấp, định mức"),
    Category.THUONG: ("Thưởng", "thưởng, Tết"),
    Category.BHXH: ("Bảo hiểm", "BHXH, BHYT, BHTN"),
    Category.GIO_LAM: ("Giờ làm", "giờ làm, tăng ca, phép"),
    Category.BUA_AN: ("Bữa ăn ca", "bữa ăn ca"),
    Category.ATVSLD: ("ATVSLĐ", "an toàn, tai nạn"),
    Category.HDLD: ("Hợp đồng", "hợp đồng lao động"),
    Category.SA_THAI: ("Sa thải", "sa thải, kỷ luật"),
    Category.NU: ("Lao động nữ", "thai sản, lao động nữ"),
    Category.QUAY_ROI: ("Quấy rối", f"quấy rối, ứng xử{FOR_HANDLERS}"),
    Category.DOI_THOAI: ("Đối thoại", "đối thoại, TƯLĐTT"),
    Category.CONG_DOAN: ("Công đoàn", "công đoàn phí, cán bộ công đoàn"),
    Category.NHA_O: ("Nhà ở", "nhà ở, nhà trẻ"),
    Category.PHUC_LOI: ("Phúc lợi", "khó khăn, phúc lợi"),
    Category.VIEC_LAM: ("Việc làm", "việc làm, đào tạo"),
    Category.KHAC: ("Khác", "nội dung khác"),
}

INVITES = "Mời cán bộ về cơ sở"
"""The first words of what a committee (BCH CĐCS) sends to have an officer come."""


def category_of(case: Case) -> tuple[str, str]:
    """What a case is about (on a button, in full). An invitation is about no trouble."""
    if case.category is Category.KHAC and case.text.startswith(INVITES):
        return "Mời cán bộ", INVITES[0].lower() + INVITES[1:]
    return CATEGORIES[case.category]


AFFECTED_GROUPS = {"few": "vài người", "team": "cả tổ, chuyền", "all": "cả xưởng"}


def affected_of(case: Case, written: Callable[[int], str] = number) -> str:
    """How many are affected, as it was said: the words of a button, or about a number; "" for one
    alone, or where nobody knows.
    """
    if case.affected_group:
        return AFFECTED_GROUPS[case.affected_group]
    people = case.affected or 0
    return f"khoảng {written(people)} người" if people > 1 else ""


ACTIONS = {
    CaseAction.TAKE: "👍 Nhận xử lý",
    CaseAction.ASK: "❓ Hỏi thêm",
    CaseAction.NOTE: "📝 Ghi chú nội bộ",
    CaseAction.CLASSIFY: "🏷 Phân loại",
    CaseAction.LAW: "⚖️ Mốc theo luật",
    CaseAction.PASS: "👤 Giao người khác",
    CaseAction.ESCALATE: "⬆️ Chuyển cấp trên",
    CaseAction.REFER: "🏛 Chuyển cơ quan",
    CaseAction.GUIDE: "🧭 Hướng dẫn",
    CaseAction.SETTLE: "✅ Đã giải quyết",
    CaseAction.CLOSE: "📨 Đã phản hồi",
    CaseAction.REOPEN: "↩️ Mở lại",
}

REASONS = {
    "capacity": "vượt khả năng",
    "authority": "vượt thẩm quyền",
    "overdue": "quá hạn",
}

# What the timeline says happened; {…} from the event's data.
EVENTS = {
    "received": "Gửi phản ánh, kiến nghị",
    "born_settled": "Tiếp nhận, đã giải quyết tại chỗ",
    "reworded": "Sửa lại nội dung, trước đó",
    "withdraw_asked": "Người đề xuất xin rút",
    "take": "Nhận xử lý",
    "ask": "Hỏi người phản ánh",
    "answer": "Người phản ánh trả lời",
    "add": "Người phản ánh bổ sung",
    "note": "Ghi chú nội bộ",
    "classify": "Phân loại lại",
    "law": "Ghi mốc thời hạn theo luật",
    "link": "Liên kết với {code}",
    "merge": "Gộp vào {code}",
    "merged": "Nhận gộp {code}",
    "pass": "Giao cho {person}",
    "escalate": "Chuyển {unit} ({reason})",
    "untaken": "Quá hạn, chưa có người nhận; đã báo người gửi",
    "moved": "Theo đơn vị chuyển về {unit}",
    "refer": "Chuyển {agency}",
    "guide": "Hướng dẫn",
    "settle": "Giải quyết",
    "close": "Kết thúc",
    "reopen": "Mở lại",
    "satisfied": "Người phản ánh hài lòng",
    "unreachable": "Người phản ánh đã chặn tin nhắn, chưa báo được cho họ",
    "named": "Người phản ánh đã nêu tên",
    "unnamed": "Người phản ánh không nêu tên nữa",
    "withdrawn": "Người phản ánh đã rút, nội dung đã xóa",
}

PROGRAM = "Hệ thống"
WORKER = "Người lao động"
ANONYMOUS = "Người lao động ẩn danh"
NOBODY = "chưa có người nhận"


def kind_of(case: Case) -> str:
    """What a case is called: without a name a khiếu nại or tố cáo is information."""
    nameless = case.reporter_id is not None and case.anonymous
    return (INFORMATION if nameless and case.kind in INFORMATION else KINDS)[case.kind]
