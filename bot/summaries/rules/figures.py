"""The countable part of a summary: which figures there are, and the arithmetic on them.

The outline is that of the yearly review (`sat-co-so`, IV.2.2): I. the situation, III.1 "Sát cơ
sở", III.2 "Gắn công nhân", III.3 proposals, III.4 growth, III.5 ratings, III.6 commendation,
training and fees; III.7 the results that visits' reports state, made from the kinds that the
operator's file names. What exactly is counted stands with each figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.core.rules.shares import whole_percent
from bot.visits.rules.results import OWN, ResultFigure, ResultKind, figures_of

PARTS: Mapping[str, str] = {
    "I": "Đặc điểm, tình hình",
    "III.1": "“Sát cơ sở”",
    "III.2": "“Gắn công nhân”",
    "III.3": "Kiến nghị, phản ánh",
    "III.4": "Phát triển đoàn viên, thành lập CĐCS",
    "III.5": "Xếp loại CĐCS",
    "III.6": "Khen thưởng, tập huấn, kinh phí",
    "III.7": "Kết quả hoạt động công đoàn",
}


class Sort(StrEnum):
    FLOW = "flow"  # happened in the period; periods and units add up
    LEVEL = "level"  # stands so on the day of counting; units add up, periods do not
    SHARE = "share"  # computed from two others, in percent; never added, never corrected


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`counted`: from what, in words that the unit reads when it opens the number."""

    key: str
    part: str
    label: str
    measure: str
    counted: str
    sort: Sort = Sort.FLOW
    share_of: tuple[str, str] | None = None  # (part, whole)
    printed: bool = True  # False: the unit looks at it, no paper has it
    optional: bool = False  # may be left out by a report or the list: unknown until one answers it
    of_result: ResultFigure | None = None  # of the operator's file; shown once something is known


_SITES_NOW = "CĐCS và doanh nghiệp chưa có công đoàn thuộc đơn vị vào ngày tính số liệu"
_SUM_NOW = f"cộng số ghi trong danh sách của {_SITES_NOW}"
_REPORTED = "lượt đi của cán bộ đơn vị đã có báo cáo, ngày đi trong kỳ"
_LATEST = "báo cáo đi cơ sở trong kỳ (bản mới nhất của mỗi lượt)"
_ARREARS = "có báo cáo gần nhất trong kỳ về việc này"
_RECEIVED = "số đã tiếp nhận trong kỳ"

_OUTLINE: tuple[Figure, ...] = (
    Figure(
        key="unions",
        part="I",
        label="CĐCS, nghiệp đoàn",
        measure="đơn vị",
        counted="CĐCS, nghiệp đoàn đang hoạt động vào ngày tính số liệu",
        sort=Sort.LEVEL,
    ),
    Figure(
        key="enterprises",
        part="I",
        label="Doanh nghiệp chưa có công đoàn",
        measure="DN",
        counted="doanh nghiệp chưa có công đoàn trong danh sách vào ngày tính số liệu",
        sort=Sort.LEVEL,
    ),
    Figure(
        key="workers",
        part="I",
        label="Lao động",
        measure="người",
        counted=_SUM_NOW,
        sort=Sort.LEVEL,
    ),
    Figure(
        key="women",
        part="I",
        label="Lao động nữ",
        measure="người",
        counted=_SUM_NOW,
        sort=Sort.LEVEL,
        optional=True,
    ),
    Figure(
        key="members",
        part="I",
        label="Đoàn viên",
        measure="người",
        counted=_SUM_NOW,
        sort=Sort.LEVEL,
    ),
    Figure(
        key="sensitive",
        part="I",
        label="Cơ sở tiềm ẩn phức tạp",
        measure="cơ sở",
        counted="cơ sở đang được đánh dấu “tiềm ẩn phức tạp” trong danh sách",
        sort=Sort.LEVEL,
        optional=True,
    ),
    Figure(
        key="arrears_asked",
        part="I",
        label="Cơ sở đã nắm tình hình trả lương, đóng BHXH",
        measure="cơ sở",
        counted=f"cơ sở {_ARREARS} trả lời rõ có hay không nợ lương, chậm đóng, trốn đóng BHXH",
        optional=True,
    ),
    Figure(
        key="arrears_sites",
        part="I",
        label="Cơ sở nợ lương hoặc chậm đóng, trốn đóng BHXH",
        measure="cơ sở",
        counted=f"cơ sở {_ARREARS} ghi nợ lương hoặc chậm đóng, trốn đóng BHXH",
        optional=True,
    ),
    Figure(
        key="arrears_wages",
        part="I",
        label="Trong đó: nợ lương",
        measure="cơ sở",
        counted=f"cơ sở {_ARREARS} ghi nợ lương",
        optional=True,
    ),
    Figure(
        key="arrears_insurance",
        part="I",
        label="Trong đó: chậm đóng, trốn đóng BHXH",
        measure="cơ sở",
        counted=f"cơ sở {_ARREARS} ghi chậm đóng, trốn đóng BHXH",
        optional=True,
    ),
    Figure(
        key="arrears_unclear",
        part="I",
        label="Cơ sở chưa rõ có nợ lương, chậm đóng BHXH hay không",
        measure="cơ sở",
        counted=f"cơ sở {_ARREARS} nói đến nợ lương, chậm đóng BHXH nhưng chưa rõ; "
        "không đưa vào báo cáo",
        optional=True,
        printed=False,
    ),
    Figure(
        key="alerts",
        part="I",
        label="Cảnh báo sớm (nội bộ)",
        measure="vụ",
        counted="vụ được cảnh báo lần đầu trong kỳ; cùng một vụ báo lại thì không tính thêm",
        printed=False,
    ),
    Figure(
        key="visits",
        part="III.1",
        label="Lượt đi cơ sở",
        measure="lượt",
        counted=_REPORTED,
    ),
    Figure(
        key="leader_visits",
        part="III.1",
        label="Trong đó: lãnh đạo đi",
        measure="lượt",
        counted=f"{_REPORTED}, người đi là lãnh đạo",
        optional=True,
    ),
    Figure(
        key="specialist_visits",
        part="III.1",
        label="Trong đó: chuyên viên đi",
        measure="lượt",
        counted=f"{_REPORTED}, người đi là cán bộ, chuyên viên",
        optional=True,
    ),
    Figure(
        key="sites",
        part="III.1",
        label="Tổng số cơ sở phải đến",
        measure="cơ sở",
        counted=_SITES_NOW,
        sort=Sort.LEVEL,
    ),
    Figure(
        key="sites_reached",
        part="III.1",
        label="Số cơ sở đã đến",
        measure="cơ sở",
        counted="cơ sở có ít nhất một lượt đi của cán bộ đơn vị đã báo cáo trong kỳ, "
        "kể cả cơ sở sau đó chuyển đi hoặc giải thể",
    ),
    Figure(
        key="coverage",
        part="III.1",
        label="Tỷ lệ cơ sở đã có cán bộ đến",
        measure="%",
        counted="số cơ sở đã đến trên tổng số cơ sở phải đến",
        sort=Sort.SHARE,
        share_of=("sites_reached", "sites"),
    ),
    Figure(
        key="committee_visits",
        part="III.1",
        label="Cuộc họp, sinh hoạt BCH CĐCS đã dự",
        measure="cuộc",
        counted=f"{_REPORTED}, nội dung chính là dự họp BCH",
    ),
    Figure(
        key="weeks",
        part="III.1",
        label="Số tuần trong kỳ",
        measure="tuần",
        counted="tuần có ngày thứ Năm trong kỳ, từ khi đơn vị có trong danh sách; "
        "không tính tuần nghỉ lễ, Tết trọn tuần",
    ),
    Figure(
        key="weeks_met",
        part="III.1",
        label="Số tuần có đi cơ sở",
        measure="tuần",
        counted="tuần trong kỳ có ít nhất một lượt đi đã báo cáo",
    ),
    Figure(
        key="weeks_share",
        part="III.1",
        label="Tỷ lệ tuần có đi cơ sở",
        measure="%",
        counted="số tuần có đi cơ sở trên số tuần trong kỳ",
        sort=Sort.SHARE,
        share_of=("weeks_met", "weeks"),
    ),
    Figure(
        key="helped",
        part="III.1",
        label="Lượt đi có hướng dẫn, hỗ trợ tại chỗ",
        measure="lượt",
        counted=f"{_LATEST} ghi đã hướng dẫn, hỗ trợ gì tại chỗ",
        optional=True,
    ),
    Figure(
        key="workers_met",
        part="III.2",
        label="Người lao động đã gặp",
        measure="lượt người",
        counted=f"cộng số người mà cán bộ đơn vị đã gặp, ghi trong {_LATEST}",
        optional=True,
    ),
    Figure(
        key="propaganda_visits",
        part="III.2",
        label="Buổi tuyên truyền trực tiếp",
        measure="buổi",
        counted=f"{_REPORTED}, nội dung chính là tuyên truyền",
    ),
    Figure(
        key="exchange_visits",
        part="III.2",
        label="Buổi giao lưu văn hóa, thể thao",
        measure="buổi",
        counted=f"{_REPORTED}, nội dung chính là giao lưu",
    ),
    Figure(
        key="care_visits",
        part="III.2",
        label="Lượt chăm lo, thăm hỏi",
        measure="lượt",
        counted=f"{_REPORTED}, nội dung chính là chăm lo, thăm hỏi",
    ),
    Figure(
        key="dialogue_visits",
        part="III.2",
        label="Cuộc đối thoại đã dự",
        measure="cuộc",
        counted=f"{_REPORTED}, nội dung chính là đối thoại",
    ),
    Figure(
        key="received",
        part="III.3",
        label="Đã tiếp nhận",
        measure="ý kiến",
        counted="phản ánh, kiến nghị, khiếu nại, tố cáo tiếp nhận trong kỳ; "
        "không kể đề xuất ở mục VI",
    ),
    Figure(
        key="settled",
        part="III.3",
        label="Đã giải quyết, trả lời",
        measure="ý kiến",
        counted=f"{_RECEIVED} mà nay đã giải quyết, đã phản hồi hoặc đã hướng dẫn",
    ),
    Figure(
        key="passed",
        part="III.3",
        label="Đã chuyển cấp trên, cơ quan chức năng",
        measure="ý kiến",
        counted=f"{_RECEIVED}, chưa giải quyết xong, đang do cấp trên hoặc cơ quan chức năng xử lý",
    ),
    Figure(
        key="handed_up",
        part="III.3",
        label="Trong đó: đã chuyển cấp trên",
        measure="ý kiến",
        counted=f"{_RECEIVED}, chưa giải quyết xong, đang do cấp trên xử lý",
    ),
    Figure(
        key="referred",
        part="III.3",
        label="Trong đó: đã chuyển cơ quan chức năng",
        measure="ý kiến",
        counted=f"{_RECEIVED}, chưa giải quyết xong, đang do cơ quan chức năng xử lý",
    ),
    Figure(
        key="open",
        part="III.3",
        label="Đơn vị đang xử lý",
        measure="ý kiến",
        counted=f"{_RECEIVED}, chưa giải quyết xong, đang do đơn vị xử lý",
    ),
    Figure(
        key="overdue",
        part="III.3",
        label="Quá hạn giải quyết",
        measure="ý kiến",
        counted=f"{_RECEIVED}, chưa giải quyết xong, hạn trước ngày tính số liệu",
    ),
    Figure(
        key="settled_share",
        part="III.3",
        label="Tỷ lệ đã giải quyết",
        measure="%",
        counted="số đã giải quyết, trả lời trên số đã tiếp nhận",
        sort=Sort.SHARE,
        share_of=("settled", "received"),
    ),
    Figure(
        key="new_members",
        part="III.4",
        label="Đoàn viên mới",
        measure="người",
        counted=f"đoàn viên mới ghi trong {_LATEST} và số đoàn viên tăng thêm theo số liệu của "
        "cơ sở, kể cả khi thành lập CĐCS; mỗi người tính một lần",
        optional=True,
    ),
    Figure(
        key="new_unions",
        part="III.4",
        label="CĐCS mới thành lập",
        measure="đơn vị",
        counted="doanh nghiệp chưa có công đoàn đã lập CĐCS trong kỳ, theo danh sách đơn vị",
    ),
    Figure(
        key="surveyed",
        part="III.4",
        label="Doanh nghiệp chưa có công đoàn đã khảo sát",
        measure="DN",
        counted="doanh nghiệp có ít nhất một lượt đi trong kỳ khi chưa có công đoàn",
    ),
    Figure(
        key="rated",
        part="III.5",
        label="CĐCS đã xếp loại",
        measure="đơn vị",
        counted="CĐCS đang hoạt động có xếp loại của năm",
    ),
    Figure(
        key="raised",
        part="III.5",
        label="Tăng loại",
        measure="đơn vị",
        counted="CĐCS xếp loại cao hơn năm trước",
    ),
    Figure(
        key="lowered",
        part="III.5",
        label="Giảm loại",
        measure="đơn vị",
        counted="CĐCS xếp loại thấp hơn năm trước",
    ),
    Figure(
        key="commendations",
        part="III.6",
        label="Đề xuất khen thưởng",
        measure="lượt",
        counted=f"{_LATEST} có đề xuất khen thưởng; ghi “không có” thì không tính",
        optional=True,
    ),
    Figure(
        key="commended",
        part="III.6",
        label="Đề xuất đã được đồng ý khen",
        measure="lượt",
        counted=f"{_LATEST} có đề xuất khen thưởng mà lãnh đạo đã đồng ý, đến khi xem",
        optional=True,
    ),
    Figure(
        key="training_needs",
        part="III.6",
        label="Nhu cầu tập huấn",
        measure="lượt",
        counted=f"{_LATEST} có nêu nhu cầu tập huấn; ghi “không có” thì không tính",
        optional=True,
    ),
    Figure(
        key="fees_troubles",
        part="III.6",
        label="Cơ sở vướng mắc về kinh phí công đoàn",
        measure="cơ sở",
        counted="cơ sở có báo cáo trong kỳ ghi thu, phân phối kinh phí công đoàn “có vấn đề”",
        optional=True,
    ),
)
RESULTS = "III.7"


def _of_result(figure: ResultFigure) -> Figure:
    """Part III.7: how often, what a measure adds up to, how often something was chosen."""
    kind, measure, choice = figure.kind, figure.measure, figure.choice
    label, unit, what = kind.label, kind.times, f"mỗi lần ghi “{kind.label}” tính 1"
    if choice:
        label, what = f"{label}: {choice[1]}", f"số lần ghi “{kind.label}: {choice[1]}”"
    elif measure:
        label, unit = f"{label}: {measure.words}", measure.unit
        what = f"cộng số ghi ở mục “{kind.label}”"
    return Figure(
        key=figure.key,
        part=RESULTS,
        label=label,
        measure=unit,
        counted=f"{what} trong {_LATEST}",
        optional=True,
        of_result=figure,
    )


FIGURES: list[Figure] = []
BY_KEY: dict[str, Figure] = {}


def use_results(kinds: Iterable[ResultKind]) -> None:
    """The figures are those of the outline and of these kinds from now on: when the program starts,
    and at no other time."""
    FIGURES[:] = [*_OUTLINE, *map(_of_result, figures_of(kinds))]
    BY_KEY.clear()
    BY_KEY.update((figure.key, figure) for figure in FIGURES)


use_results(OWN)
_OF_SITES = ("new_unions", "rated", "raised", "lowered")
GO_WITH_SITES = frozenset({f.key for f in FIGURES if f.sort is Sort.LEVEL} | {*_OF_SITES})
"""Counted of the sites that stand below a unit now: a unit that was merged has them no more, its
successor has them. Ratings are counted so too."""


@dataclass(frozen=True, kw_only=True)
class CategoryCount:
    """Concerns and proposals of one category: received = settled + passed + open."""

    received: int = 0
    settled: int = 0
    passed: int = 0
    open: int = 0

    def __add__(self, other: "CategoryCount") -> "CategoryCount":
        return CategoryCount(
            received=self.received + other.received,
            settled=self.settled + other.settled,
            passed=self.passed + other.passed,
            open=self.open + other.open,
        )


@dataclass(frozen=True, kw_only=True)
class TopicCount:
    """How often a topic of the checklist was looked into, and how often there was trouble.

    `guided` keeps the name under which versions that were sent hold it: a tick is no guidance.
    """

    guided: int = 0
    trouble: int = 0

    def __add__(self, other: "TopicCount") -> "TopicCount":
        return TopicCount(guided=self.guided + other.guided, trouble=self.trouble + other.trouble)


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The figures and tables of one unit in one period.

    `values`: by figure key, no shares; a key that is missing was not counted (None on paper).
    `topics` by topic key, `categories` by category key, `ratings` by transition: "KHT>HT", "HT>HT",
    ">T" where there was no rating the year before. `weeks_since`: the day on which the unit came
    into the list, where weeks of the period before it are not among its `weeks`; else None.
    """

    values: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, TopicCount] = field(default_factory=dict)
    categories: Mapping[str, CategoryCount] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)
    weeks_since: date | None = None


def without_sites(numbers: Numbers) -> Numbers:
    """Only what happened: for a unit whose sites are counted with its successor."""
    values = {k: v for k, v in numbers.values.items() if k not in GO_WITH_SITES}
    return Numbers(values=values, topics=numbers.topics, categories=numbers.categories, ratings={})


def value_of(values: Mapping[str, int], key: str) -> int | None:
    """A figure, shares in whole percent; None where it was not counted or there is no whole."""
    share = BY_KEY[key].share_of
    if share is None:
        return values.get(key, _by_leaders(values) if key == "leader_visits" else None)
    part, whole = (values.get(k) for k in share)
    return None if part is None or not whole else whole_percent(part, whole)


def _by_leaders(values: Mapping[str, int]) -> int | None:
    """Where specialists made all of the visits, no leader went, and that is known."""
    visits = values.get("visits")
    return 0 if visits and values.get("specialist_visits") == visits else None


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
    return Numbers(values=values, topics=topics, categories=categories, ratings=ratings)
