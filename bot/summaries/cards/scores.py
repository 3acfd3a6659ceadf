"""Cards of emulation scores: the list, one unit."""

from bot.core.card import Button, Card, grid
from bot.core.rendering import capital, number, render
from bot.summaries.cards.target_words import percent
from bot.summaries.facts.scores import Score, ScoreList, UnitScores
from bot.summaries.rules.emulation import ScoreMeasure

HOME = Button("🏠 Trang chính", "home")


def scores(facts: ScoreList) -> Card:
    """/thidua: units by their total."""
    numbers = [
        Button(str(line), f"score:unit:{row.unit.id}:{facts.year}")
        for line, row in enumerate(facts.rows, facts.first)
    ]
    turn = tuple(
        Button(label, f"score:list:{facts.year}:{page}")
        for label, page in (("‹ Trước", facts.page - 1), ("Tiếp ›", facts.page + 1))
        if 0 <= page < facts.pages
    )
    table = (Button("📊 Bảng chấm điểm (xlsx)", f"score:xlsx:{facts.year}"),)
    text = render("score/list", f=facts, tenths=tenths)
    other_year = facts.this_year - (facts.year == facts.this_year)
    back = (Button(f"Năm {other_year}", f"score:list:{other_year}:0"), HOME)
    rows = (*grid(numbers, 5), *((turn,) if turn else ()), table, back)
    return Card(text, rows)


def unit_scores(facts: ScoreList, row: UnitScores) -> Card:
    """One unit: every measure with its numbers and points."""
    lines = [(score, result(score)) for score in row.scores]
    text = render("score/unit", f=facts, r=row, lines=lines, tenths=tenths, formula=formula)
    back = Button("« Các đơn vị", f"score:list:{facts.year}:0")
    return Card(text, ((back, HOME),))


def tenths(points: int) -> str:
    """17,5"""
    whole, rest = divmod(points, 10)
    return f"{number(whole)},{rest}" if rest else number(whole)


def result(score: Score) -> str:
    """44/52 (84,6%)"""
    got = score.reached
    if got is None:
        return "chưa có số liệu"
    if not got.of:
        return "chưa phát sinh"
    return f"{number(got.value)}/{number(got.of)} ({percent(got.value, got.of)})"


_SHARE = {
    "visits_kept": "số tuần có lượt đi cơ sở : số tuần làm việc đã qua",
    "coverage": "số cơ sở đã có cán bộ đơn vị đến : tổng số cơ sở",
    "settled_in_time": "số giải quyết xong đúng hạn : số phản ánh, kiến nghị đã đến hạn",
    "members_gained": "số đoàn viên mới : chỉ tiêu đoàn viên được giao trong năm",
    "union_share": "số DN đã thành lập CĐCS : số DN chưa có công đoàn đầu năm, từ {} lao động",
    "strong_unions": "số CĐCS xếp loại HTXS, HTT : số CĐCS đã xếp loại của năm",
}


def numbers_of(measure: ScoreMeasure) -> tuple[str, str]:
    """What is reached, and of what: "Số tuần có lượt đi cơ sở", "Số tuần làm việc đã qua"."""
    part, whole = _SHARE[measure.counts].format(measure.from_workers).split(" : ")
    return capital(part), capital(whole)


def formula(measure: ScoreMeasure) -> str:
    """How the points come about, in a sentence."""
    share = _SHARE[measure.counts].format(measure.from_workers)
    most = f"tối đa {measure.points} điểm"
    if measure.full_at == 100:
        return f"Điểm = {measure.points} × ({share}), {most}."
    return (
        f"Điểm = {measure.points} × ({share}) : {measure.full_at}%, {most} khi đạt từ "
        f"{measure.full_at}%."
    )
