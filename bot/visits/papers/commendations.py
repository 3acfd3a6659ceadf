"""Tờ trình khen thưởng (Nghị định 30/2020/NĐ-CP, Phụ lục III): what visits proposed to commend and
the unit's leader agreed with, for its standing committee to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import official_name
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
    None: "Trường hợp khác",
}


@dataclass(frozen=True)
class Commended:
    """One proposal in the words of the report that brought it."""

    kind: CommendationKind | None
    words: str
    site: str
    officer: str
    day: date


@dataclass(frozen=True)
class CommendationPaper:
    head: Head
    day: date
    rows: Sequence[Commended]


def commendation_paper(facts: CommendationPaper, templates: Path | None) -> bytes:
    """The docx. Raises BrokenTemplate."""
    head = replace(facts.head, symbol=facts.head.symbol_of("TTr"))
    committee = f"Ban Thường vụ {clean(facts.head.named)}"
    groups = [
        (title, [item_of(_lines([row for row in facts.rows if row.kind is kind]))])
        for kind, title in _TITLES.items()
        if any(row.kind is kind for row in facts.rows)
    ]
    values = {
        **head_facts(head),
        "ngay_thang": written_day(facts.day),
        "trich_yeu": "Về việc khen thưởng qua công tác đi cơ sở",
        "kinh_gui": f"Kính gửi: {committee}",
        "mo_dau": [
            f"Qua đi cơ sở năm {facts.day.year}, cán bộ công đoàn đã phát hiện, đề xuất biểu "
            "dương các tập thể, cá nhân, cách làm hay ở cơ sở. Sau khi xem xét, kính trình "
            f"{committee} khen thưởng {padded(len(facts.rows))} trường hợp sau:",
        ],
        "cac_phan": with_titles(groups, []),
        "ket_thuc": f"Kính trình {committee} xem xét, quyết định./.",
    }
    return rendered(COMMENDATION, values, templates)


def _lines(rows: Sequence[Commended]) -> list[str]:
    return [
        f"{place}. {ended([clean(row.words)])[0]} Cơ sở: {official_name(clean(row.site))}; "
        f"đồng chí {clean(row.officer)} đề xuất ngày {row.day:%d/%m/%Y}."
        for place, row in enumerate(rows, 1)
    ]
