"""A visit and its newest report as one row in words, safe to open in a spreadsheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.labels import FLAGS, TopicWords, place_on_checklist
from bot.core.rendering import day, moment
from bot.core.rules.calendar import Week, local
from bot.documents.safe_cells import Cell, safe
from bot.documents.tables import TableHead
from bot.visits.facts.report_fields import Display, Field, displayed
from bot.visits.facts.visits import status_words
from storage.enums import VisitOrigin
from storage.models import Person, ReportTopic, Unit, Visit, VisitReport

ORIGINS = {
    VisitOrigin.ASSIGNED: "theo kế hoạch",
    VisitOrigin.DIRECTED: "lãnh đạo giao",
    VisitOrigin.UNPLANNED: "ngoài kế hoạch",
    VisitOrigin.DEFERRED: "chuyển từ tuần trước",
}


@dataclass(frozen=True)
class Parts:
    """What hangs on a report; `proposals` in words, as far as the reader may have them."""

    topics: Sequence[ReportTopic]
    proposals: Sequence[str]
    topic_words: TopicWords


@dataclass(frozen=True)
class VisitLine:
    """A visit and what belongs to it. `above`: the unit that its site stands under."""

    visit: Visit
    site: Unit
    above: Unit
    officer: Person
    report: VisitReport | None
    parts: Parts
    excused_by: str = ""


@dataclass(frozen=True)
class VisitColumn:
    """`order` among the columns of the report."""

    heading: str
    cell: Callable[[VisitLine], Cell]
    order: int = 0


OF_VISIT = (
    VisitColumn("Tuần", lambda line: Week.of(line.visit.week).label()),
    VisitColumn("Từ ngày", lambda line: line.visit.week),
    VisitColumn("Mã đơn vị", lambda line: line.site.code),
    VisitColumn("Đơn vị", lambda line: line.site.name),
    VisitColumn("Đơn vị cấp trên", lambda line: line.above.name),
    VisitColumn("Cán bộ", lambda line: line.officer.name),
    VisitColumn("Loại lượt đi", lambda line: ORIGINS[line.visit.origin]),
    VisitColumn("Tình hình thực hiện", lambda line: status_words(line.visit)),
    VisitColumn("Lý do không đi", lambda line: line.visit.excuse or line.visit.excuse_asked),
    VisitColumn("Người cho phép không đi", lambda line: line.excused_by),
    VisitColumn("Ngày hẹn", lambda line: line.visit.day),
)


def _of_report(heading: str, cell: Callable[[VisitReport], Cell], order: int = 0) -> VisitColumn:
    """A column that stays empty without a report."""
    return VisitColumn(heading, lambda line: cell(line.report) if line.report else None, order)


def _of_parts(heading: str, words: Callable[[Parts], str], order: int) -> VisitColumn:
    return VisitColumn(heading, lambda line: words(line.parts) if line.report else None, order)


def _of_field(field: Field, display: Display) -> VisitColumn:
    """A field of the report as the table of fields says."""
    stored = field.stored
    assert stored is not None, f"{field.key} has no column to export"
    return _of_report(
        display.label, lambda report: stored.cell(field.value_of(report)), display.order
    )


def _topics(parts: Parts, *, trouble: bool) -> str:
    words = parts.topic_words
    chosen = [topic for topic in parts.topics if topic.trouble is trouble]
    chosen.sort(key=lambda topic: place_on_checklist(words, topic.topic))
    return "; ".join(_topic(topic, words) for topic in chosen)


FIELDS_OF_REPORT = sorted(
    (
        *(_of_field(field, place) for field, place in displayed(lambda field: field.xlsx)),
        _of_parts("Đã nắm, chưa có vấn đề", lambda parts: _topics(parts, trouble=False), 60),
        _of_parts("Nội dung có vấn đề", lambda parts: _topics(parts, trouble=True), 61),
        _of_parts("Kiến nghị", lambda parts: "\n".join(parts.proposals), 100),
    ),
    key=lambda column: column.order,
)
OF_SENDING = (
    _of_report(
        "Cần xem lại",
        lambda report: "; ".join(FLAGS.get(flag.split(":")[0], flag) for flag in report.flags),
    ),
    VisitColumn(
        "Báo cáo trễ hạn",
        lambda line: ("có" if line.visit.late else "không") if line.report else None,
    ),
    _of_report("Gửi lúc", lambda report: f"{local(report.submitted_at):%H:%M %d/%m/%Y}"),
    _of_report("Lần sửa", lambda report: report.version),
)
COLUMNS = (*OF_VISIT, *FIELDS_OF_REPORT, *OF_SENDING)
HEADINGS = tuple(column.heading for column in COLUMNS)
_WIDE = {"Tuần": 18, "Đơn vị": 34, "Đơn vị cấp trên": 30, "Cán bộ": 24}
_WORDS = ("Tình hình", "Kiến nghị", "Nội dung", "Tâm tư", "Đã nắm", "Việc", "Kết quả")


def head_of(scope: str, since: date | None, until: date | None, now: datetime) -> TableHead:
    """What stands above the whole table. `scope`: whose visits these are."""
    days = f" từ {day(since)}" if since else ""
    days += f" đến {day(until)}" if until else ""
    about = f"Phạm vi: {scope}.{f' Các tuần{days}.' if days else ''} Lập lúc {moment(now)}."
    widths = [_WIDE.get(name, 40 if name.startswith(_WORDS) else 16) for name in HEADINGS]
    return TableHead("Lượt đi cơ sở", "Các lượt đi cơ sở", about, widths, "lượt đi")


def row(line: VisitLine) -> list[Cell]:
    """The cells under HEADINGS, text already made safe."""
    cells = [column.cell(line) for column in COLUMNS]
    return [safe(cell) if isinstance(cell, str) else cell for cell in cells]


def _topic(topic: ReportTopic, words: TopicWords) -> str:
    name = words[topic.topic][1] if topic.topic in words else topic.topic
    return f"{name}: {topic.words}" if topic.words else name
