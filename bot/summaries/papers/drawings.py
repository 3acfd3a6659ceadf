"""The pictures of a consolidated report, where a chairman wants them: visits by unit, how long
cases took, members against the straight line to the target. The same drawings as in the chat.
"""

import re
from dataclasses import replace
from html import unescape

from bot.core.rendering import day, number
from bot.core.rules.official_names import official_name
from bot.documents.charts import Bar, Bars, Chart, Columns, Fill, Heading, Key, Lines, picture
from bot.documents.illustrations import PaperPicture
from bot.documents.rendering import clean
from bot.summaries.facts.drawings import ReportDrawings
from bot.summaries.papers.target_picture import picture_of
from bot.summaries.rules.figures import value_of
from bot.summaries.rules.papers import Consolidated, UnitRow
from bot.visits.papers.pictures import waits

MOST_BARS = 20
VISITS, WAITS, MEMBERS = (
    "Lượt đi cơ sở và số cơ sở đã có cán bộ đến, theo đơn vị",
    "Thời gian giải quyết phản ánh, kiến nghị, theo tháng giải quyết",
    "Đoàn viên mới so với chỉ tiêu",
)
_KEYS = (Key(Fill.DARK, "đã có cán bộ đến"), Key(Fill.EMPTY, "chưa có cán bộ đến"))


def pictures_of(report: Consolidated, drawings: ReportDrawings) -> dict[str, PaperPicture]:
    """Part -> its picture, with a caption that says until which day. Only of parts that the report
    has, and where there is something to draw."""
    until = day(report.until)
    titled = {
        "III.1": (VISITS, _visits(report)),
        "III.3": (WAITS, waits(drawings.waits)),
        "III.4": (MEMBERS, picture_of(drawings.members) if drawings.members else None),
    }
    drawn_titles = {
        part: (title, drawn)
        for part, (title, drawn) in titled.items()
        if drawn and part in report.figures
    }
    return {
        part: PaperPicture(
            picture(_untitled(chart)),
            f"Hình {place}. {title} (đến {until})",
            f"{title}. {_plain(words)}",
        )
        for place, (part, (title, (chart, words))) in enumerate(drawn_titles.items(), 1)
    }


def _untitled(chart: Chart) -> Chart:
    """The caption below says it."""
    if isinstance(chart, Bars | Columns | Lines):
        return replace(chart, head=replace(chart.head, title="", under=""))
    return chart


def _plain(words: str) -> str:
    return clean(unescape(re.sub(r"<[^>]*>", "", words)))


def _visits(report: Consolidated) -> tuple[Chart, str] | None:
    """By unit, those first where most sites are still to be reached."""
    rows = [row for row in report.rows if row.counts and row.paper.values.get("sites")]
    if len(rows) < len(("one", "another")):
        return None
    rows.sort(key=lambda row: value_of(row.paper.values, "coverage") or 0)
    bars = [_bar(row) for row in rows[:MOST_BARS]]
    note = "Số bên phải: lượt đi; số cơ sở đã đến/tổng số cơ sở."
    if more := len(rows) - len(bars):
        note += f" {number(more)} đơn vị không vẽ ở đây, tỷ lệ bằng hoặc cao hơn."
    words = "; ".join(f"{bar.name}: {bar.words}" for bar in bars)
    return Bars(Heading("", "", _KEYS, note), bars, shares=True), f"{words}."


def _bar(row: UnitRow) -> Bar:
    values = row.paper.values
    visits, sites = values.get("visits", 0), values["sites"]
    reached = min(values.get("sites_reached", 0), sites)  # some of them may be gone by now
    words = f"{number(visits)} lượt; {number(reached)}/{number(sites)}"
    return Bar(official_name(clean(row.unit)), [reached, sites - reached], words)
