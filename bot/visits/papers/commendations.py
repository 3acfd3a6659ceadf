"""Tờ trình khen thưởng (Nghị định 30/2020/NĐ-CP, Phụ lục III): what visits proposed to commend and
the unit's leader agreed with, for the level above to reward.

A unit's committee petitions the committee above, never itself: an upper union the province, the
province the confederation. What a unit rewards by itself takes a decision (quyết định), and no
petition.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import capital, official_name, spelled
from bot.documents.head import head_facts
from bot.documents.parts import ended, item_of, padded, with_titles
from bot.documents.rendering import clean, rendered
from bot.documents.signs import written_day
from bot.documents.templates import COMMENDATION
from storage.enums import CommendationKind

_TITLES = {
    CommendationKind.COLLECTIVE: "Tập thể",
    CommendationKind.PERSON: "Cá nhân",
    CommendationKind.PRACTICE: "Cách làm hay",
}
_REWARD = f"Hình thức đề nghị: {'…' * 20}"
_CONFEDERATION = "Tổng Liên đoàn"


@dataclass(frozen=True)
class Commended:
    """One proposal in the words of its report; `decided`: when the leader agreed."""

    kind: CommendationKind
    words: str
    site: str
    decided: date


@dataclass(frozen=True)
class CommendationPaper:
    head: Head
    day: date
    rows: Sequence[Commended]


def commendation_paper(facts: CommendationPaper, templates: Path | None) -> bytes:
    """The docx. Raises BrokenTemplate."""
    own = facts.head
    head = replace(own, symbol=own.symbol_of("TTr"), recipients=("Như trên", "Lưu: VT"))
    addressee, sender = _addressee(clean(own.superior)), clean(own.speaker)
    groups = {
        title: [row for row in facts.rows if row.kind is kind]
        for kind, title in _TITLES.items()
        if any(row.kind is kind for row in facts.rows)
    }
    kinds = ", ".join(title.lower() for title in groups)
    counts = ", ".join(f"{padded(len(rows))} {title.lower()}" for title, rows in groups.items())
    items = [(title, [item_of(_lines(rows))]) for title, rows in groups.items()]
    values = {
        **head_facts(head),
        "ngay_thang": written_day(facts.day),
        "trich_yeu": "Về việc khen thưởng qua công tác đi cơ sở",
        "kinh_gui": f"Kính gửi: {addressee}",
        "mo_dau": [
            "Qua công tác đi cơ sở, cán bộ công đoàn đã phát hiện, đề xuất "
            f"khen thưởng {kinds} ở cơ sở; lãnh đạo {clean(own.named)} đã xem xét, đồng ý "
            f"{_days([row.decided for row in facts.rows])}.",
            f"{sender} kính đề nghị {addressee} xét khen thưởng {counts} như sau:",
        ],
        "cac_phan": with_titles(items, []),
        "ket_thuc": f"{sender} kính trình {addressee} xem xét, quyết định./.",
    }
    return rendered(COMMENDATION, values, templates)


def _addressee(superior: str) -> str:
    """Who is asked for the reward."""
    return superior if superior.startswith(_CONFEDERATION) else f"Ban Thường vụ {superior}"


def _days(days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    if first == last:
        return written_day(first)
    return f"từ {written_day(first)} đến {written_day(last)}"


def _lines(rows: Sequence[Commended]) -> list[str]:
    lines: list[str] = []
    for place, row in enumerate(rows, 1):
        words = ended([capital(spelled(clean(row.words)))])[0]
        lines += [f"{place}. {words} Đơn vị: {official_name(clean(row.site))}.", _REWARD]
    return lines
