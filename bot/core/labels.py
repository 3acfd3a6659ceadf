"""The users' own words for the things of the program. For cadres; workers get them spelt out."""

from collections.abc import Iterable, Mapping

from bot.core.rules.levels import IN_USE
from bot.core.rules.programmes import Programme, new_topics
from storage.enums import (
    Arrears,
    CommendationKind,
    Rating,
    RecruitmentStep,
    Role,
    UnitKind,
    VisitKind,
    VisitStatus,
)

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

ROLES = {
    Role.ADMINISTRATOR: "quản trị",
    Role.SUPERVISOR: "lãnh đạo",
    Role.OFFICER: "cán bộ",
    Role.REPRESENTATIVE: "BCH CĐCS",
}

INVITED_AS = {
    Role.OFFICER: "Cán bộ đi cơ sở",
    Role.SUPERVISOR: "Lãnh đạo phụ trách",
    Role.REPRESENTATIVE: "BCH CĐCS",
    Role.ADMINISTRATOR: "Quản trị",
}
"""The same to choose from, in this order."""
ALSO_CALLED = {"can bo": Role.OFFICER, "lanh dao": Role.SUPERVISOR, "bch": Role.REPRESENTATIVE}
"""As lists that offices send call them for short, folded."""


def unit_kind(kind: UnitKind) -> str:
    """What kind of unit it is, by the office's own names of the levels."""
    return {
        UnitKind.FEDERATION: f"{IN_USE.province}, ban nghiệp vụ",
        UnitKind.UPPER: IN_USE.upper_in_full,
        UnitKind.SITE_UNION: "CĐCS",
        UnitKind.ENTERPRISE: "doanh nghiệp chưa có công đoàn",
    }[kind]


RATINGS = {
    Rating.FAILED: "không hoàn thành nhiệm vụ",
    Rating.DONE: "hoàn thành nhiệm vụ",
    Rating.GOOD: "hoàn thành tốt nhiệm vụ",
    Rating.EXCELLENT: "hoàn thành xuất sắc nhiệm vụ",
}

ARREARS = {
    Arrears.NONE: "không nợ lương, không chậm đóng BHXH",
    Arrears.WAGES: "nợ lương",
    Arrears.INSURANCE: "chậm đóng, trốn đóng BHXH",
    Arrears.BOTH: "nợ lương; chậm đóng, trốn đóng BHXH",
    Arrears.UNCLEAR: "có dấu hiệu, chưa rõ",
}

STATUSES = {
    VisitStatus.PLANNED: "chưa hẹn ngày",
    VisitStatus.CONFIRMED: "đã nhận",
    VisitStatus.REPORTED: "đã báo cáo",
    VisitStatus.EXCUSED: "không đi được",
    VisitStatus.MISSED: "chưa đi",
    VisitStatus.DEFERRED: "đã chuyển sang tuần sau",
}


COMMENDATION_KINDS = {
    CommendationKind.COLLECTIVE: "Tập thể",
    CommendationKind.PERSON: "Cá nhân",
    CommendationKind.PRACTICE: "Cách làm hay",
}

VISIT_KINDS = {
    VisitKind.COMMITTEE: "Dự họp BCH",
    VisitKind.PROPAGANDA: "Tuyên truyền trực tiếp",
    VisitKind.EXCHANGE: "Giao lưu văn hóa, thể thao",
    VisitKind.CARE: "Chăm lo, thăm hỏi",
    VisitKind.DIALOGUE: "Đối thoại",
    VisitKind.SURVEY: "Khảo sát DN chưa có CĐ",
    VisitKind.UNPLANNED: "Nắm tình hình",
}

RECRUITMENT_STEPS = {
    RecruitmentStep.SURVEY: "Khảo sát",
    RecruitmentStep.OWNER: "Tiếp cận chủ doanh nghiệp",
    RecruitmentStep.GROUP: "Ban vận động",
    RecruitmentStep.READY: "Đủ điều kiện",
    RecruitmentStep.CONGRESS: "Đại hội",
}

TopicWords = Mapping[str, tuple[str, str]]  # key -> (on a button, in a sentence)

# The checklist of the model, in its order.
TOPICS: TopicWords = {
    "jobs": ("Việc làm", "sản xuất kinh doanh và việc làm"),
    "wages": ("Lương", "lương, thu nhập"),
    "insurance": ("Bảo hiểm", "BHXH, BHYT, BHTN"),
    "safety": ("ATVSLĐ", "ATVSLĐ, môi trường"),
    "dialogue": ("Đối thoại", "đối thoại"),
    "bargaining": ("TƯLĐTT", "thương lượng, TƯLĐTT"),
    "democracy": ("QC dân chủ", "quy chế dân chủ"),
    "disputes": ("Tranh chấp", "tranh chấp"),
    "fees": ("Kinh phí CĐ", "thu và phân phối kinh phí công đoàn"),
    "growth": ("Phát triển ĐV", "phát triển đoàn viên, thành lập CĐCS"),
    "meetings": ("Sinh hoạt", "sinh hoạt định kỳ, phân công BCH–UBKT"),
    "training": ("Bồi dưỡng CB", "tài liệu, bồi dưỡng cán bộ"),
    "emulation": ("Thi đua", "thi đua, sáng kiến"),
    "care": ("Chăm lo", "chăm lo người thu nhập thấp"),
    "party": ("ĐV ưu tú cho Đảng", "giới thiệu đoàn viên ưu tú cho Đảng"),
    "business": ("Hỗ trợ DN", "tháo gỡ khó khăn cho doanh nghiệp"),
}


def topic_words(programmes: Iterable[Programme]) -> TopicWords:
    """TOPICS and what the plans add, also those whose time is over: old reports speak of them."""
    return {**TOPICS, **{t.key: (t.short, t.words) for t in new_topics(programmes)}}


def place_on_checklist(words: TopicWords, topic: str) -> int:
    """To sort by; what no plan knows any more comes last."""
    return list(words).index(topic) if topic in words else len(words)


FLAGS = {
    "quick": "⚡ ghi nhận nhanh, chờ bổ sung",
    "empty": "chưa có nội dung",
    "too_short": "nội dung quá ngắn",
    "copied": "giống báo cáo trước",
    "filler": "nội dung chung chung",
}
