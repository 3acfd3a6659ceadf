"""A visit and its newest report as one row in words, safe to open in a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.labels import FLAGS, RATINGS, STATUSES, VISIT_KINDS, TopicWords
from bot.core.rules.calendar import Week, local
from bot.documents.safe_cells import Cell, safe
from storage.enums import VisitOrigin
from storage.models import Person, ReportTopic, Unit, Visit, VisitReport

ORIGINS = {
    VisitOrigin.ASSIGNED: "theo kế hoạch",
    VisitOrigin.DIRECTED: "lãnh đạo giao",
    VisitOrigin.UNPLANNED: "ngoài kế hoạch",
}
HEADINGS = (
    *("Tuần", "Từ ngày", "Mã đơn vị", "Đơn vị", "Đơn vị cấp trên", "Cán bộ", "Nguồn", "Trạng thái"),
    *("Lý do không đi", "Ngày hẹn", "Ngày đi", "Hình thức", "Số lao động đã gặp"),
    *("Gặp phía công đoàn", "Gặp phía doanh nghiệp", "Nội dung tốt", "Nội dung có vấn đề"),
    *("Tình hình", "Tâm tư, nguyện vọng", "Đã giúp đỡ", "Kiến nghị", "Số lao động", "Lao động nữ"),
    *("Số đoàn viên", "Đoàn viên mới", "Thu nhập bình quân (đồng/tháng)", "Nợ lương, bảo hiểm"),
    *("Đề nghị xếp loại", "Biểu dương", "Nhu cầu tập huấn", "Việc đã thống nhất"),
    *("Cần xem lại", "Báo cáo trễ hạn", "Gửi lúc", "Lần sửa"),
)


@dataclass(frozen=True)
class Parts:
    """What hangs on a report; `proposals` in words, as far as the reader may have them."""

    topics: Sequence[ReportTopic]
    proposals: Sequence[str]
    topic_words: TopicWords


def row(
    visit: Visit,
    site: Unit,
    above: Unit,
    officer: Person,
    report: VisitReport | None,
    parts: Parts,
) -> list[Cell]:
    """The cells under HEADINGS, text already made safe."""
    cells: list[Cell] = [
        Week.of(visit.week).label(),
        visit.week,
        site.code,
        site.name,
        above.name,
        officer.name,
        ORIGINS[visit.origin],
        STATUSES[visit.status],
        visit.excuse,
        visit.day,
        *(_reported(visit, report, parts) if report else ()),
    ]
    cells += [None] * (len(HEADINGS) - len(cells))
    return [safe(cell) if isinstance(cell, str) else cell for cell in cells]


def _reported(
    visit: Visit,
    report: VisitReport,
    parts: Parts,
) -> list[Cell]:
    topics, words = parts.topics, parts.topic_words
    return [
        report.visited_on,
        VISIT_KINDS.get(report.kind, report.kind),
        report.workers_met,
        report.met_union,
        report.met_management,
        "; ".join(_topic(topic, words) for topic in topics if not topic.trouble),
        "; ".join(_topic(topic, words) for topic in topics if topic.trouble),
        report.situation,
        report.aspirations,
        report.help_given,
        "\n".join(parts.proposals),
        report.headcount,
        report.women,
        report.members,
        report.new_members,
        report.average_income,
        report.arrears,
        RATINGS[report.suggested_rating] if report.suggested_rating else None,
        report.commendation,
        report.training_needs,
        "\n".join(report.agreements),
        "; ".join(FLAGS.get(flag.split(":")[0], flag) for flag in report.flags),
        "có" if visit.late else "không",
        f"{local(report.submitted_at):%H:%M %d/%m/%Y}",
        report.version,
    ]


def _topic(topic: ReportTopic, words: TopicWords) -> str:
    name = words[topic.topic][1] if topic.topic in words else topic.topic
    return f"{name}: {topic.words}" if topic.words else name
