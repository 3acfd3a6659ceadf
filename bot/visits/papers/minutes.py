"""Minutes of a visit (biên bản làm việc), for both sides to sign.

The enterprise signs it and keeps a copy, so it holds what both sides have agreed on and what both
know: who met, when, in which form. What the officer wrote for the union (situation, topics,
thoughts and wishes, help, proposals) may name workers or tell what they plan; none of it is
printed, there are lines to write on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.rendering import capital
from bot.core.rules.letterhead import Head
from bot.documents.head import NAME_DOTS, head_facts
from bot.documents.layout import written_day
from bot.documents.parts import DOTS, ended, item_of, numbered, padded, with_titles
from bot.documents.rendering import clean, items_of, rendered
from bot.documents.templates import MINUTES

LINE = "…" * 40  # to write on


@dataclass(frozen=True)
class Minutes:
    """One visit as both sides may read it. `officers` by name; `kind` as on the checklist."""

    head: Head
    site: str
    address: str
    day: date
    kind: str
    officers: Sequence[str]
    met_union: str = ""
    met_management: str = ""
    workers_met: int | None = None
    agreements: Sequence[str] = ()


def minutes(facts: Minutes, templates: Path | None) -> bytes:
    """The docx. Raises BrokenTemplate."""
    site, day = clean(facts.site), written_day(facts.day)
    where = f" ({clean(facts.address)})" if facts.address else ""
    values = {
        **head_facts(facts.head),
        "ngay_thang": day,
        "trich_yeu": f"Làm việc tại {site}",
        "mo_dau": [
            f"Hôm nay, {day}, tại {site}{where}, cán bộ {clean(facts.head.issuer)} đã làm việc với "
            "đơn vị. Thành phần và nội dung như sau:"
        ],
        "cac_phan": with_titles(
            [
                ("Thành phần", numbered(*_present(facts))),
                ("Nội dung làm việc", numbered(*_contents(facts))),
                (
                    "Thống nhất",
                    [item_of([f"- {line}" for line in _lines(facts.agreements)] or [LINE])],
                ),
            ],
            [],
        ),
        "ket_thuc": "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản; các "
        "bên đã đọc lại, thống nhất và cùng ký tên./.",
        "can_bo": ", ".join(map(clean, facts.officers)) or NAME_DOTS,
        "ben_don_vi": NAME_DOTS,
    }
    return rendered(MINUTES, values, templates)


Titled = tuple[list[dict[str, Any]], list[str]]


def _present(facts: Minutes) -> Titled:
    others = [clean(names) for names in (facts.met_union, facts.met_management)]
    titles = ["Cán bộ công đoàn cấp trên", "Công đoàn cơ sở", "Người sử dụng lao động"]
    officers = ", ".join(f"đồng chí {clean(name)}" for name in facts.officers)
    lines = [" ".join(ended([capital(names)])) if names else DOTS for names in (officers, *others)]
    return [item_of([words]) for words in lines], titles


def _contents(facts: Minutes) -> Titled:
    """What both sides know anyway, and room to write down what was said at the table."""
    parts = {
        "Hình thức": f"{clean(facts.kind)}{_met(facts.workers_met)}.",
        "Nội dung trao đổi": LINE,
        "Ý kiến của công đoàn cơ sở": LINE,
        "Ý kiến của người sử dụng lao động": LINE,
    }
    return [item_of([words]) for words in parts.values()], list(parts)


def _met(workers: int | None) -> str:
    return f"; gặp gỡ {padded(workers)} người lao động" if workers else ""


def _lines(texts: Sequence[str]) -> list[str]:
    """Each text is an item of its own, and ends as one."""
    return [line for text in texts for line in ended(items_of(text))]
