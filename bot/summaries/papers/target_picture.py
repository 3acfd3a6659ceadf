"""The picture of a target that is counted by the day: what was reached beside the straight line."""

from datetime import timedelta

from bot.core.rendering import day, render
from bot.documents.charts import Chart, Heading, Lines
from bot.summaries.cards import target_words
from bot.summaries.facts.targets import Course

TITLE = "Đoàn viên mới so với chỉ tiêu"


def picture_of(course: Course) -> tuple[Chart, str] | None:
    """The chart and what it says; None: no number was set, nothing lies behind it yet,
    or nobody knows what was reached, which is not nought.

    Points stand at the first day, at the ends of months, and at today for what is reached.
    """
    line, straight = course.line, course.straight
    if straight is None or not course.points or line.reached is None:
        return None
    (first, _), (last, wanted) = straight
    days = (last - first).days + 1
    points = [(first - timedelta(days=1), 0), *course.points]
    ends = [*(end for end, _ in points), *course.months_ahead]
    past = [(end - points[0][0]).days for end in ends]
    note = f"Nét liền: đã đạt, đến {day(line.day)}. Nét đứt: làm đều mỗi ngày để đạt chỉ tiêu."
    chart = Lines(
        Heading(TITLE, f"{line.unit.name} · năm {line.year}", note=note),
        ["" if end == line.day != last else f"{end.day}/{end.month}" for end in ends],
        [float(value) for _, value in points],
        [wanted * passed / days for passed in past],
        past,
    )
    return chart, render("target/picture", line=line, w=target_words)
