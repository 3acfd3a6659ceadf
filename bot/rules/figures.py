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


FIGURES: tuple[Figure, ...] = (
    Figure("unions", "I", "CĐCS, nghiệp đoàn", "đơn vị", "CĐCS đang hoạt động", Sort.LEVEL),
    Figure("enterprises", "I", "Doanh nghiệp chưa có CĐ", "DN", "danh sách đơn vị", Sort.LEVEL),
    Figure("workers", "I", "Lao động", "người", "danh sách đơn vị", Sort.LEVEL),
    Figure("women", "I", "Lao động nữ", "người", "danh sách đơn vị", Sort.LEVEL),
    Figure("members", "I", "Đoàn viên", "người", "danh sách đơn vị", Sort.LEVEL),
    Figure("sensitive", "I", "Nơi tiềm ẩn phức tạp", "nơi", "danh sách đơn vị", Sort.LEVEL),
    Figure(
        "arrears_sites",
        "I",
        "Nơi nợ lương, nợ BHXH",
        "nơi",
        "nơi có báo cáo gần nhất trong kỳ ghi nợ lương hoặc nợ BHXH",
    ),
    Figure("alerts", "I", "Cảnh báo sớm đã ghi nhận", "vụ", "cảnh báo trong kỳ"),
    Figure("visits", "III.1", "Lượt đi cơ sở", "lượt", "lượt đi có báo cáo, ngày đi trong kỳ"),
    Figure("sites", "III.1", "Tổng số nơi phải đến", "nơi", "CĐCS và DN chưa có CĐ", Sort.LEVEL),
    Figure("sites_reached", "III.1", "Số nơi đã đến", "nơi", "nơi có ít nhất một lượt đi"),
    Figure(
        "coverage",
        "III.1",
        "Tỷ lệ nơi đã đến",
        "%",
        "số nơi đã đến trên tổng số nơi",
        Sort.SHARE,
        ("sites_reached", "sites"),
    ),
    Figure(
        "committee_visits", "III.1", "Cuộc họp BCH đã dự", "cuộc", "lượt đi dự họp, sinh hoạt BCH"
    ),
    Figure("weeks", "III.1", "Số tuần trong kỳ", "tuần", "tuần có ngày làm việc"),
    Figure("weeks_met", "III.1", "Số tuần có đi cơ sở", "tuần", "tuần có ít nhất một lượt đi"),
    Figure(
        "weeks_share",
        "III.1",
        "Tỷ lệ tuần đạt yêu cầu",
        "%",
        "số tuần có đi trên số tuần trong kỳ",
        Sort.SHARE,
        ("weeks_met", "weeks"),
    ),
    Figure(
        "guided", "III.1", "Lượt nội dung đã nắm, hướng dẫn", "lượt", "nội dung ghi trong báo cáo"
    ),
    Figure("workers_met", "III.2", "Người lao động đã gặp", "lượt người", "số ghi trong báo cáo"),
    Figure("propaganda_visits", "III.2", "Buổi tuyên truyền trực tiếp", "buổi", "lượt đi"),
    Figure("exchange_visits", "III.2", "Buổi giao lưu văn hóa, thể thao", "buổi", "lượt đi"),
    Figure("care_visits", "III.2", "Lượt chăm lo, thăm hỏi", "lượt", "lượt đi"),
    Figure("dialogue_visits", "III.2", "Cuộc đối thoại đã dự", "cuộc", "lượt đi"),
    Figure("received", "III.3", "Đã tiếp nhận", "ý kiến", "phản ánh, kiến nghị trong kỳ"),
    Figure("settled", "III.3", "Đã giải quyết, trả lời", "ý kiến", "của số tiếp nhận trong kỳ"),
    Figure(
        "passed",
        "III.3",
        "Đã chuyển cấp trên, cơ quan chức năng",
        "ý kiến",
        "của số tiếp nhận trong kỳ, chưa giải quyết xong",
    ),
    Figure("open", "III.3", "Đang xử lý", "ý kiến", "của số tiếp nhận trong kỳ"),
    Figure("overdue", "III.3", "Trong đó quá hạn", "ý kiến", "của số chưa giải quyết xong"),
    Figure(
        "settled_share",
        "III.3",
        "Tỷ lệ đã giải quyết",
        "%",
        "số đã giải quyết trên số tiếp nhận",
        Sort.SHARE,
        ("settled", "received"),
    ),
    Figure("new_members", "III.4", "Đoàn viên mới", "người", "số ghi trong báo cáo đi cơ sở"),
    Figure("new_unions", "III.4", "CĐCS mới thành lập", "đơn vị", "DN lập CĐCS trong kỳ"),
    Figure("surveyed", "III.4", "DN chưa có CĐ đã khảo sát", "DN", "nơi có lượt đi trong kỳ"),
    Figure("rated", "III.5", "CĐCS đã xếp loại", "đơn vị", "xếp loại của năm"),
    Figure("raised", "III.5", "Tăng loại", "đơn vị", "so với năm trước"),
    Figure("lowered", "III.5", "Giảm loại", "đơn vị", "so với năm trước"),
    Figure("commendations", "III.6", "Đề xuất khen thưởng", "lượt", "báo cáo có đề xuất"),
    Figure("training_needs", "III.6", "Nhu cầu tập huấn", "lượt", "báo cáo có nêu nhu cầu"),
    Figure("fees_troubles", "III.6", "Nơi vướng mắc về kinh phí CĐ", "nơi", "nội dung “có vấn đề”"),
)
BY_KEY: Mapping[str, Figure] = {figure.key: figure for figure in FIGURES}


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
