"""The countable part of a summary: which figures there are, and the arithmetic on them.

The outline is that of the yearly review (`sat-co-so`, IV.2.2): I. the situation, III.1 "Sát cơ
sở", III.2 "Gắn công nhân", III.3 proposals, III.4 growth, III.5 ratings, III.6 commendation,
training and fees. What exactly is counted stands with each figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PARTS: Mapping[str, str] = {
    "I": "Đặc điểm, tình hình",
    "III.1": "“Sát cơ sở”",
    "III.2": "“Gắn công nhân”",
    "III.3": "Kiến nghị, phản ánh",
    "III.4": "Phát triển đoàn viên, thành lập CĐCS",
    "III.5": "Xếp loại CĐCS",
    "III.6": "Khen thưởng, tập huấn, kinh phí",
}


class Sort(StrEnum):
    FLOW = "flow"  # happened in the period; periods and units add up
    LEVEL = "level"  # stands so on the day of counting; units add up, periods do not
    SHARE = "share"  # computed from two others, in percent; never added, never corrected


@dataclass(frozen=True)
class Figure:
    """`counted`: from what, in words that the unit reads when it opens the number."""

    key: str
    part: str
    label: str
    measure: str
    counted: str
    sort: Sort = Sort.FLOW
    share_of: tuple[str, str] | None = None  # (part, whole)


_L, _S = Sort.LEVEL, Sort.SHARE
_SITES_NOW = "CĐCS và DN chưa có CĐ thuộc đơn vị vào ngày tính số liệu"
_SUM_NOW = f"cộng số ghi trong danh sách của {_SITES_NOW}"
_REPORTED = "lượt đi đã có báo cáo, ngày đi trong kỳ"
_LATEST = "báo cáo đi cơ sở trong kỳ (bản mới nhất của mỗi lượt)"
_RECEIVED = "số đã tiếp nhận trong kỳ"

FIGURES: tuple[Figure, ...] = (
    Figure(
        *("unions", "I", "CĐCS, nghiệp đoàn", "đơn vị"),
        "CĐCS, nghiệp đoàn đang hoạt động vào ngày tính số liệu",
        _L,
    ),
    Figure(
        *("enterprises", "I", "Doanh nghiệp chưa có CĐ", "DN"),
        "DN chưa có CĐ trong danh sách vào ngày tính số liệu",
        _L,
    ),
    Figure("workers", "I", "Lao động", "người", _SUM_NOW, _L),
    Figure("women", "I", "Lao động nữ", "người", _SUM_NOW, _L),
    Figure("members", "I", "Đoàn viên", "người", _SUM_NOW, _L),
    Figure(
        *("sensitive", "I", "Nơi tiềm ẩn phức tạp", "nơi"),
        "nơi đang được đánh dấu “tiềm ẩn phức tạp” trong danh sách",
        _L,
    ),
    Figure(
        *("arrears_sites", "I", "Nơi nợ lương, nợ BHXH", "nơi"),
        "nơi có báo cáo gần nhất trong kỳ ghi còn nợ lương hoặc nợ BHXH",
    ),
    Figure(
        *("alerts", "I", "Cảnh báo sớm", "vụ"),
        "vụ được cảnh báo lần đầu trong kỳ; cùng một vụ báo lại thì không tính thêm",
    ),
    Figure("visits", "III.1", "Lượt đi cơ sở", "lượt", _REPORTED),
    Figure("sites", "III.1", "Tổng số nơi phải đến", "nơi", _SITES_NOW, _L),
    Figure(
        *("sites_reached", "III.1", "Số nơi đã đến", "nơi"),
        "nơi có ít nhất một lượt đi đã báo cáo trong kỳ, kể cả nơi sau đó chuyển đi hoặc giải thể",
    ),
    Figure(
        *("coverage", "III.1", "Tỷ lệ nơi đã đến", "%"),
        "số nơi đã đến trên tổng số nơi phải đến",
        _S,
        ("sites_reached", "sites"),
    ),
    Figure(
        *("committee_visits", "III.1", "Cuộc họp, sinh hoạt BCH CĐCS đã dự", "cuộc"),
        f"{_REPORTED}, nội dung chính là dự họp BCH",
    ),
    Figure(
        *("weeks", "III.1", "Số tuần trong kỳ", "tuần"),
        "tuần có ngày thứ Năm trong kỳ, từ khi đơn vị có trong hệ thống; "
        "không tính tuần nghỉ lễ, Tết trọn tuần",
    ),
    Figure(
        *("weeks_met", "III.1", "Số tuần có đi cơ sở", "tuần"),
        "tuần trong kỳ có ít nhất một lượt đi đã báo cáo",
    ),
    Figure(
        *("weeks_share", "III.1", "Tỷ lệ tuần có đi cơ sở", "%"),
        "số tuần có đi cơ sở trên số tuần trong kỳ",
        _S,
        ("weeks_met", "weeks"),
    ),
    Figure(
        *("guided", "III.1", "Lượt nội dung đã nắm, hướng dẫn", "lượt"),
        f"nội dung đã nắm (tốt hoặc có vấn đề) trong {_LATEST}",
    ),
    Figure(
        *("workers_met", "III.2", "Người lao động đã gặp", "lượt người"),
        f"cộng số người đã gặp ghi trong {_LATEST}",
    ),
    Figure(
        *("propaganda_visits", "III.2", "Buổi tuyên truyền trực tiếp", "buổi"),
        f"{_REPORTED}, nội dung chính là tuyên truyền",
    ),
    Figure(
        *("exchange_visits", "III.2", "Buổi giao lưu văn hóa, thể thao", "buổi"),
        f"{_REPORTED}, nội dung chính là giao lưu",
    ),
    Figure(
        *("care_visits", "III.2", "Lượt chăm lo, thăm hỏi", "lượt"),
        f"{_REPORTED}, nội dung chính là chăm lo, thăm hỏi",
    ),
    Figure(
        *("dialogue_visits", "III.2", "Cuộc đối thoại đã dự", "cuộc"),
        f"{_REPORTED}, nội dung chính là đối thoại",
    ),
    Figure(
        *("received", "III.3", "Đã tiếp nhận", "ý kiến"),
        "phản ánh, kiến nghị, khiếu nại, tố cáo tiếp nhận trong kỳ; không kể đề xuất ở mục VI",
    ),
    Figure(
        *("settled", "III.3", "Đã giải quyết, trả lời", "ý kiến"),
        f"{_RECEIVED} mà nay đã giải quyết, đã phản hồi hoặc đã hướng dẫn",
    ),
    Figure(
        *("passed", "III.3", "Đã chuyển cấp trên, cơ quan chức năng", "ý kiến"),
        f"{_RECEIVED}, chưa giải quyết xong, đang do cấp trên hoặc cơ quan chức năng xử lý",
    ),
    Figure(
        *("open", "III.3", "Đơn vị đang xử lý", "ý kiến"),
        f"{_RECEIVED}, chưa giải quyết xong, đang do đơn vị xử lý",
    ),
    Figure(
        *("overdue", "III.3", "Quá hạn giải quyết", "ý kiến"),
        f"{_RECEIVED}, chưa giải quyết xong, hạn trước ngày tính số liệu",
    ),
    Figure(
        *("settled_share", "III.3", "Tỷ lệ đã giải quyết", "%"),
        "số đã giải quyết, trả lời trên số đã tiếp nhận",
        _S,
        ("settled", "received"),
    ),
    Figure(
        *("new_members", "III.4", "Đoàn viên mới", "người"),
        f"cộng số đoàn viên mới ghi trong {_LATEST}",
    ),
    Figure(
        *("new_unions", "III.4", "CĐCS mới thành lập", "đơn vị"),
        "DN chưa có CĐ đã lập CĐCS trong kỳ, theo danh sách đơn vị",
    ),
    Figure(
        *("surveyed", "III.4", "DN chưa có CĐ đã khảo sát", "DN"),
        "DN có ít nhất một lượt đi trong kỳ khi chưa có CĐ",
    ),
    Figure(
        *("rated", "III.5", "CĐCS đã xếp loại", "đơn vị"),
        "CĐCS đang hoạt động có xếp loại của năm",
    ),
    Figure(
        *("raised", "III.5", "Tăng loại", "đơn vị"),
        "CĐCS xếp loại cao hơn năm trước",
    ),
    Figure(
        *("lowered", "III.5", "Giảm loại", "đơn vị"),
        "CĐCS xếp loại thấp hơn năm trước",
    ),
    Figure(
        *("commendations", "III.6", "Đề xuất khen thưởng", "lượt"),
        f"{_LATEST} có đề xuất khen thưởng",
    ),
    Figure(
        *("training_needs", "III.6", "Nhu cầu tập huấn", "lượt"),
        f"{_LATEST} có nêu nhu cầu tập huấn",
    ),
    Figure(
        *("fees_troubles", "III.6", "Nơi vướng mắc về kinh phí CĐ", "nơi"),
        "nơi có báo cáo trong kỳ ghi thu, phân phối kinh phí CĐ “có vấn đề”",
    ),
)
BY_KEY: Mapping[str, Figure] = {figure.key: figure for figure in FIGURES}
_OF_SITES = ("new_unions", "rated", "raised", "lowered")
GO_WITH_SITES = frozenset({f.key for f in FIGURES if f.sort is Sort.LEVEL} | {*_OF_SITES})
"""Counted of the sites that stand below a unit now: a unit that was merged has them no more, its
successor has them. Ratings are counted so too."""


@dataclass(frozen=True)
class CategoryCount:
    """Concerns and proposals of one category: received = settled + passed + open."""

    received: int = 0
    settled: int = 0
    passed: int = 0
    open: int = 0

    def __add__(self, other: "CategoryCount") -> "CategoryCount":
        return CategoryCount(
            self.received + other.received,
            self.settled + other.settled,
            self.passed + other.passed,
            self.open + other.open,
        )


@dataclass(frozen=True)
class TopicCount:
    """How often a topic of the checklist was gone into, and how often there was trouble."""

    guided: int = 0
    trouble: int = 0

    def __add__(self, other: "TopicCount") -> "TopicCount":
        return TopicCount(self.guided + other.guided, self.trouble + other.trouble)


@dataclass(frozen=True)
class Numbers:
    """The figures and tables of one unit in one period.

    `values`: by figure key, no shares; a key that is missing was not counted (None on paper).
    `topics` by topic key, `categories` by category key, `ratings` by transition: "KHT>HT", "HT>HT",
    ">T" where there was no rating the year before.
    """

    values: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, TopicCount] = field(default_factory=dict)
    categories: Mapping[str, CategoryCount] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)


def without_sites(numbers: Numbers) -> Numbers:
    """Only what happened: for a unit whose sites are counted with its successor."""
    values = {k: v for k, v in numbers.values.items() if k not in GO_WITH_SITES}
    return Numbers(values, numbers.topics, numbers.categories, {})


def value_of(values: Mapping[str, int], key: str) -> int | None:
    """A figure, shares in whole percent; None where it was not counted or there is no whole."""
    share = BY_KEY[key].share_of
    if share is None:
        return values.get(key)
    part, whole = (values.get(k) for k in share)
    return None if part is None or not whole else round(100 * part / whole)


def total(rows: Iterable[Numbers]) -> Numbers:
    """Units added up; a figure that some unit lacks is the sum of those that have it."""
    values: dict[str, int] = {}
    topics: dict[str, TopicCount] = {}
    categories: dict[str, CategoryCount] = {}
    ratings: dict[str, int] = {}
    for row in rows:
        for key, value in row.values.items():
            values[key] = values.get(key, 0) + value
        for key, topic in row.topics.items():
            topics[key] = topics.get(key, TopicCount()) + topic
        for key, category in row.categories.items():
            categories[key] = categories.get(key, CategoryCount()) + category
        for key, count in row.ratings.items():
            ratings[key] = ratings.get(key, 0) + count
    return Numbers(values, topics, categories, ratings)
