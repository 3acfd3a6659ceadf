"""The scoring workbook: a sheet with the totals, one for each measure with the numbers behind."""

from bot.core.rules.official_names import official_name
from bot.documents.sheets import SheetTable, workbook
from bot.summaries.cards.scores import formula, numbers_of
from bot.summaries.facts.scores import ScoreList, UnitScores

TOTAL = "Tổng hợp"
NOTE = (
    "Tổng quy về 100 = 100 × (tổng điểm : tổng điểm tối đa của những nội dung có số liệu). "
    "Mức điểm do tỉnh quy định; chưa quy định thì theo mức gợi ý."
)


def make(facts: ScoreList) -> bytes:
    """The xlsx."""
    about = f"{facts.province}. Số liệu từ 01/01/{facts.year} đến hết {facts.day:%d/%m/%Y}.".lstrip(
        ". "
    )
    return workbook([_totals(facts), *_measures(facts)], about)


def _totals(facts: ScoreList) -> SheetTable:
    names = [measure.sheet for measure in facts.measures]
    return SheetTable(
        sheet=TOTAL,
        title=f"ĐIỂM THI ĐUA NĂM {facts.year}{_of_province(facts)}",
        headings=("Xếp thứ", "Đơn vị", *names, "Tổng điểm", "Điểm tối đa", "Quy về 100"),
        widths=(8, 34, *([14] * len(names)), 11, 11, 11),
        rows=[
            (
                row.place or None,
                row.unit.name,
                *(_points(score.points) for score in row.scores),
                _points(row.points),
                _points(row.possible),
                _points(row.total),
            )
            for row in facts.units
        ],
        note=NOTE,
    )


def _of_province(facts: ScoreList) -> str:
    """CỦA CÁC ĐƠN VỊ THUỘC LIÊN ĐOÀN LAO ĐỘNG TỈNH AN GIANG"""
    name = official_name(facts.province).upper()
    return f" CỦA CÁC ĐƠN VỊ THUỘC {name}" if name else ""


def _measures(facts: ScoreList) -> list[SheetTable]:
    return [
        SheetTable(
            sheet=measure.sheet,
            title=measure.words,
            headings=("TT", "Đơn vị", *numbers_of(measure), "Tỷ lệ %", "Điểm", "Ghi chú"),
            widths=(5, 34, 20, 20, 10, 10, 22),
            rows=[_row(place, n, row) for n, row in enumerate(facts.units, 1)],
            note=formula(measure),
        )
        for place, measure in enumerate(facts.measures)
    ]


def _row(place: int, n: int, row: UnitScores) -> tuple[str | int | float | None, ...]:
    score = row.scores[place]
    got = score.reached
    if got is None:
        return n, row.unit.name, None, None, None, None, "chưa có số liệu, không tính"
    if not got.of:
        return n, row.unit.name, got.value, 0, None, None, "chưa phát sinh, không tính"
    share = round(100 * got.value / got.of, 1)
    return n, row.unit.name, got.value, got.of, share, _points(score.points), ""


def _points(tenths: int | None) -> float | None:
    return None if tenths is None else tenths / 10
