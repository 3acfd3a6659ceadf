"""Minutes of a visit (biên bản làm việc), for both sides to sign.

The other side of the table reads it, so it holds what was said openly: no thoughts and wishes of
workers, no confidential proposal.
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
from bot.documents.rendering import clean, items_of, lines_of, rendered
from bot.documents.templates import MINUTES


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
    situation: str = ""
    good: Sequence[str] = ()
    troubles: Sequence[tuple[str, str]] = ()  # topic, words
    help_given: str = ""
    proposals: Sequence[str] = ()
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
                ("Thống nhất", [item_of([f"- {line}" for line in _lines(facts.agreements)])]),
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
    """What there is, in the order of the report; an empty part is left out."""
    topics = [
        line
        for topic, words in facts.troubles
        for line in ended([f"- {capital(clean(topic))}: {clean(words) or 'có vấn đề'}"])
    ]
    good = "; ".join(map(clean, facts.good))
    all_parts = [
        ("Hình thức", [f"{clean(facts.kind)}{_met(facts.workers_met)}."]),
        ("Tình hình chung", ended(lines_of(facts.situation))),
        ("Nội dung thực hiện tốt", [f"{capital(good)}."] if good else []),
        ("Nội dung cần quan tâm, giải quyết", topics),
        ("Công đoàn cấp trên đã hướng dẫn, hỗ trợ", ended(lines_of(facts.help_given))),
        ("Đề xuất, kiến nghị", [f"- {line}" for line in _lines(facts.proposals)]),
    ]
    parts = [(title, words) for title, words in all_parts if words]
    return [item_of(words) for _, words in parts], [title for title, _ in parts]


def _met(workers: int | None) -> str:
    return f"; gặp gỡ {padded(workers)} người lao động" if workers else ""


def _lines(texts: Sequence[str]) -> list[str]:
    """Each text is an item of its own, and ends as one."""
    return [line for text in texts for line in ended(items_of(text))]
