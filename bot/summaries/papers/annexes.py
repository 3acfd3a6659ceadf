"""The tables behind a report: the same rows for the docx and for the xlsx."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cases.cards.labels import CATEGORIES, FOR_HANDLERS, STATUSES
from bot.core.labels import RATINGS
from bot.core.rendering import capital, day, number
from bot.core.rules.official_names import official_name, spelled
from bot.documents.parts import ROMAN
from bot.documents.rendering import clean
from bot.documents.signs import NBSP, NOT_KNOWN
from bot.summaries.papers.consolidated_words import own_words
from bot.summaries.papers.report_words import number_or_dash
from bot.summaries.rules.figures import Numbers, value_of
from bot.summaries.rules.papers import CaseRow, Consolidated, Paper, TargetRow, UnitRow
from storage.enums import CLOSED_STATUSES, Category, Rating

Row = dict[str, Any]
NO_RATING, NO_CASES = "chưa xếp loại", "Không có kiến nghị trong kỳ."
TITLES = {
    "chuyen_de": "Nội dung đã nắm tình hình tại cơ sở",
    "linh_vuc": "Phản ánh, kiến nghị theo lĩnh vực",
    "xep_loai": "Chuyển biến xếp loại công đoàn cơ sở",
    "chi_tieu": "Chỉ tiêu của các kế hoạch",
    "noi_dung": "Nội dung chỉ đạo, đánh giá, phương hướng của các đơn vị",
    "don_vi": "Kết quả thực hiện theo đơn vị",
    "kien_nghi": "Bảng tổng hợp kiến nghị",
}
_ORDER = [rating.value for rating in Rating]
STATES = {
    "accepted": "đã tiếp nhận",
    "sent": "đã gửi",
    "returned": "trả lại để bổ sung",
    "writing": "chưa gửi",
    "late": "chưa gửi, trễ hạn",
    "excused": "được miễn",
    "": "chưa gửi",
}


def annexes_of(report: Paper | Consolidated) -> dict[str, Any]:
    """By key: number, title and rows; None for a table with nothing in it. The table of proposals
    (and of units) is always there: it ends the file.
    """
    numbers = report.total if isinstance(report, Consolidated) else report.numbers
    rows: dict[str, list[Row]] = {
        "chuyen_de": topic_rows(numbers, report.topics) if "III.1" in report.figures else [],
        "linh_vuc": category_rows(numbers) if "III.3" in report.figures else [],
        "xep_loai": rating_rows(numbers) if "III.5" in report.figures else [],
        "chi_tieu": target_rows(report.targets),
    }
    annexes: dict[str, Any] = {"co_bang": any(rows.values())}
    if isinstance(report, Consolidated):
        rows["noi_dung"] = own_words(report)
    always: dict[str, list[Row]] = {"kien_nghi": case_rows(report.cases)}
    if isinstance(report, Consolidated):
        always = {"don_vi": [*unit_rows(report.rows), *own_row(report)], **always}
    number = 0
    for key, lines in (*rows.items(), *always.items()):
        there = bool(lines) or key in always
        title = TITLES[key].upper().replace("ĐƠN VỊ", f"ĐƠN{NBSP}VỊ")
        annexes[key] = {"so": ROMAN[number], "ten": title, "dong": lines} if there else None
        number += there
    if annexes["linh_vuc"]:
        annexes["linh_vuc"]["tong"] = total_row(rows["linh_vuc"])
    if isinstance(report, Consolidated):
        sums = _sums(report.total.values, "", "Tổng cộng", "")
        annexes["don_vi"]["tong"] = {**sums, "tuan_dat": ""}  # weeks of units are not added up
    return annexes


def annex_of_targets(report: Paper) -> dict[str, Any]:
    """The one annex of a short report: what was reached of its plan's targets. A single annex has
    no number (Nghị định 30/2020/NĐ-CP)."""
    rows = target_rows(report.targets)
    title = TITLES["chi_tieu"].upper()
    return {"chi_tieu": {"so": "", "ten": title, "dong": rows} if rows else None}


def category_rows(numbers: Numbers) -> list[Row]:
    """Received = settled + passed + open, by category."""
    order = [category.value for category in Category]
    categories = sorted(numbers.categories, key=lambda k: order.index(k) if k in order else 99)
    counted = [key for key in categories if numbers.categories[key].received]
    return [
        _counts(place, capital(_category(key)), numbers.categories[key])
        for place, key in enumerate(counted, 1)
    ]


def total_row(rows: Sequence[Row]) -> Row:
    """The last line of the table of categories."""
    keys = ("tiep_nhan", "da_giai_quyet", "da_chuyen", "dang_xu_ly")
    total = {key: sum(row[key] for row in rows) for key in keys}
    return {"tt": "", "noi_dung": "Tổng cộng", **total}


def _counts(place: int, words: str, count: Any) -> Row:
    return {
        "tt": place,
        "noi_dung": words,
        "tiep_nhan": count.received,
        "da_giai_quyet": count.settled,
        "da_chuyen": count.passed,
        "dang_xu_ly": count.open,
    }


def _category(key: str) -> str:
    return in_paper(CATEGORIES[Category(key)][1] if key in set(Category) else key)


def in_paper(category: str) -> str:
    """A category's words without what only concerns those who handle a case."""
    return spelled(clean(category).removesuffix(FOR_HANDLERS))


def topic_rows(numbers: Numbers, words: Mapping[str, str]) -> list[Row]:
    """The topics of the checklist, in its order."""
    topics = [*words, *(key for key in numbers.topics if key not in words)]
    counted = [(key, numbers.topics[key]) for key in topics if key in numbers.topics]
    return [
        {
            "tt": place,
            "noi_dung": capital(spelled(clean(words.get(key, key)))),
            "so_luot": count.guided,
            "co_van_de": count.trouble,
        }
        for place, (key, count) in enumerate(counted, 1)
    ]


def rating_rows(numbers: Numbers) -> list[Row]:
    """From which rating to which; the ones that rose first."""
    moves = [(*_move(key), count) for key, count in numbers.ratings.items() if count]
    moves.sort(key=lambda move: (-_step(move[0], move[1]), _rank(move[1])))
    return [
        {
            "tt": place,
            "nam_truoc": capital(_rating(before)),
            "nam_nay": capital(_rating(after)),
            "so_luong": count,
            "chuyen_bien": _change(before, after),
        }
        for place, (before, after, count) in enumerate(moves, 1)
    ]


def _move(key: str) -> tuple[str, str]:
    before, _, after = key.partition(">")
    return before, after


def _rank(rating: str) -> int:
    return _ORDER.index(rating) if rating in _ORDER else -1


def _step(before: str, after: str) -> int:
    return _rank(after) - _rank(before) if before else 0


def _change(before: str, after: str) -> str:
    if not before:
        return "mới xếp loại"
    step = _step(before, after)
    return "tăng" if step > 0 else "giảm" if step < 0 else "giữ nguyên"


def _rating(key: str) -> str:
    """As officials write it: hoàn thành tốt nhiệm vụ."""
    return f"{RATINGS[Rating(key)].removesuffix(_DUTY)}{_DUTY}" if key in _ORDER else NO_RATING


_DUTY = " nhiệm vụ"


def target_rows(targets: Sequence[TargetRow]) -> list[Row]:
    """What was reached, with its source and day; blank in versions from before it was counted."""
    return [
        {
            "tt": place,
            "ke_hoach": capital(spelled(clean(target.programme))),
            "noi_dung": capital(spelled(clean(target.text + _years(target)))),
            "muc": capital(spelled(clean(target.own_level))) or _level(target),
            "ket_qua": spelled(clean(target.result)) or _as_kept(target),
        }
        for place, target in enumerate(targets, 1)
    ]


def _as_kept(target: TargetRow) -> str:
    """Of an old version: the bare number, where there is one."""
    if target.reached is None:
        return ""
    return f"{number_or_dash(target.reached)}{_measure(target.measure)}"


def _level(target: TargetRow) -> str:
    """What the plan asks, and what of it in this year."""
    of_year = f"; {spelled(clean(target.level))}" if target.level else ""
    return f"{number_or_dash(target.value)}{_measure(target.measure)}{of_year}"


def _years(target: TargetRow) -> str:
    return f" ({target.years})" if target.years else ""


def _measure(measure: str) -> str:
    return "%" if measure == "%" else f" {spelled(clean(measure))}"


MOST_CASES = 200
"""Proposals that a paper lists; a province has thousands in a year, which the workbook holds."""
_OVER = tuple(STATUSES[status] for status in CLOSED_STATUSES)


def case_rows(cases: Sequence[CaseRow]) -> list[Row]:
    """The table of proposals; one line saying so where there is none. Of too many to be read those
    that are not settled come first, and a last line says how many more there are.
    """
    rows = [_case_row(place, case) for place, case in enumerate(_listed(cases), 1)]
    if (more := len(cases) - len(rows)) > 0:
        rows.append({**_NO_CASE, "noi_dung": MORE_CASES.format(number(more))})
    return rows or [_NO_CASE]


MORE_CASES = "Còn {} kiến nghị khác: nêu tại bảng tính kèm theo."


def _listed(cases: Sequence[CaseRow]) -> Sequence[CaseRow]:
    if len(cases) <= MOST_CASES:
        return cases
    return sorted(cases, key=lambda case: case.result.startswith(_OVER))[:MOST_CASES]


def _case_row(place: int, case: CaseRow) -> Row:
    return {
        "tt": place,
        "ngay": day(case.day),
        "don_vi": official_name(clean(case.unit)),
        "noi_dung": clean(case.text),
        "linh_vuc": capital(in_paper(case.category)),
        "cap": official_name(clean(case.level)),
        "han": day(case.due) if case.due else "",
        "ket_qua": clean(case.result),
        "ghi_chu": clean(case.note),
    }


_NO_CASE: Row = {
    "tt": "",
    "ngay": "",
    "don_vi": "",
    "noi_dung": NO_CASES,
    "linh_vuc": "",
    "cap": "",
    "han": "",
    "ket_qua": "",
    "ghi_chu": "",
}


FIGURES_OF_UNITS = (
    *("unions", "members", "visits", "coverage", "workers_met"),
    *("received", "settled", "new_members", "new_unions"),
)


def unit_rows(rows: Sequence[UnitRow]) -> list[Row]:
    """One line a unit: what it did, and how it stands with its report."""
    return [_unit_row(place, row) for place, row in enumerate(rows, 1)]


def own_row(report: Consolidated) -> list[Row]:
    """The receiver's own people, who go down every week too; in no total. They go to the units'
    sites, so nothing is a share of their own.
    """
    if report.own is None:
        return []
    name = f"Cơ quan {clean(report.head.named)} (không cộng vào tổng)"
    values = report.own.values
    row = _sums(values, len(report.rows) + 1, name, NOT_KNOWN)
    ground = {key: NOT_KNOWN for key in ("unions", "members") if not values.get(key)}
    reached = number_or_dash(values.get("sites_reached"))
    weeks = {} if values.get("weeks") else {"tuan_dat": NOT_KNOWN}
    return [{**row, **ground, **weeks, "noi_da_den": reached, "coverage": NOT_KNOWN}]


def _unit_row(place: int, row: UnitRow) -> Row:
    return _sums(row.paper.values, place, clean(row.named), state_of(row))


def _sums(values: Mapping[str, int], place: int | str, unit: str, state: str) -> Row:
    return {
        "tt": place,
        "don_vi": unit,
        **{key: number_or_dash(value_of(values, key)) for key in FIGURES_OF_UNITS},
        "noi_da_den": _of(values, "sites_reached", "sites"),
        "tuan_dat": _of(values, "weeks_met", "weeks"),
        "tinh_trang": state,
    }


def _of(values: Mapping[str, int], part: str, whole: str) -> str:
    if part not in values or whole not in values:
        return NOT_KNOWN
    return f"{number_or_dash(values[part])}/{number_or_dash(values[whole])}"


def state_of(row: UnitRow) -> str:
    """When it was sent, and whether too late; else what it is waiting for."""
    if row.sent_on:
        return f"{row.sent_on:%d/%m/%Y}{', trễ hạn' if row.late else ''}"
    return STATES.get(row.state, row.state)
