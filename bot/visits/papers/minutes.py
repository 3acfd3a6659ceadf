"""Minutes of a visit (biên bản làm việc, Nghị định 30/2020/NĐ-CP, Phụ lục III), for both to sign.

The enterprise signs it and keeps a copy, so it holds what both sides have agreed on and what both
know: who met, when, in which form. What the officer wrote for the union (situation, topics,
thoughts and wishes, how many workers were met, help, proposals) may name workers or tell what they
plan; none of it is printed, there are lines to write on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.rendering import capital
from bot.core.rules.letterhead import Head
from bot.documents.head import NAME_DOTS, head_facts
from bot.documents.parts import DOTS, TO_WRITE, ended, item_of, numbered, with_titles
from bot.documents.rendering import clean, items_of, rendered
from bot.documents.signs import written_day
from bot.documents.templates import MINUTES

TIME_DOTS = "…… giờ …… phút"


@dataclass(frozen=True)
class Minutes:
    """One visit as both sides may read it. `officers` by name, the first is in the chair; `kind` as
    on the checklist. `has_union`: False at an enterprise that has none yet.
    """

    head: Head
    site: str
    address: str
    day: date
    kind: str
    officers: Sequence[str]
    met_union: str = ""
    met_management: str = ""
    agreements: Sequence[str] = ()
    has_union: bool = True


def minutes(facts: Minutes, templates: Path | None) -> bytes:
    """The docx. Raises BrokenTemplate."""
    site, day = clean(facts.site), written_day(facts.day)
    where = f", {clean(facts.address)}" if facts.address else ""
    chair = clean(facts.officers[0]) if facts.officers else ""
    agreements = [f"- {line}" for line in _lines(facts.agreements)]
    copies = "03" if facts.has_union else "02"
    values = {
        **head_facts(facts.head),
        "ngay_thang": day,
        "trich_yeu": f"Làm việc tại {site}",
        "mo_dau": [
            f"Thời gian bắt đầu: {TIME_DOTS}, {day}.",
            f"Địa điểm: {site}{where}.",
            f"Chủ trì: {_comrade(chair)}.",
            f"Thư ký (người ghi biên bản): {NAME_DOTS}",
        ],
        "cac_phan": with_titles(
            [
                ("Thành phần tham dự", numbered(*_present(facts))),
                ("Nội dung làm việc", numbered(*_contents(facts))),
                ("Nội dung thống nhất", [item_of(agreements or TO_WRITE)]),
            ],
            [],
        ),
        "ket_thuc": f"Buổi làm việc kết thúc lúc {TIME_DOTS} cùng ngày. Biên bản đã được đọc lại "
        f"cho các bên cùng nghe, thống nhất ký tên và lập thành {copies} bản có giá trị như nhau, "
        "mỗi bên giữ 01 bản./.",
        "chu_tri": chair or NAME_DOTS,
        "nguoi_ghi": NAME_DOTS,
        "co_cong_doan_co_so": facts.has_union,
        "can_bo": ", ".join(map(clean, facts.officers)) or NAME_DOTS,
        "ben_don_vi": NAME_DOTS,
    }
    return rendered(MINUTES, values, templates)


Titled = tuple[list[dict[str, Any]], list[str]]


def _present(facts: Minutes) -> Titled:
    officers = ", ".join(_comrade(clean(name)) for name in facts.officers)
    sides = {
        clean(facts.head.named): officers,
        **({"Công đoàn cơ sở": clean(facts.met_union)} if facts.has_union else {}),
        "Người sử dụng lao động": clean(facts.met_management),
    }
    lines = [" ".join(ended([capital(names)])) if names else DOTS * 30 for names in sides.values()]
    return [item_of([words]) for words in lines], list(sides)


def _contents(facts: Minutes) -> Titled:
    """What both sides know anyway, and room to write down what was said at the table."""
    parts = {
        "Hình thức làm việc": [f"{clean(facts.kind)}."],
        "Nội dung trao đổi": TO_WRITE,
        **({"Ý kiến của công đoàn cơ sở": TO_WRITE} if facts.has_union else {}),
        "Ý kiến của người sử dụng lao động": TO_WRITE,
    }
    return [item_of(lines) for lines in parts.values()], list(parts)


def _comrade(name: str) -> str:
    return f"đồng chí {name}" if name else NAME_DOTS


def _lines(texts: Sequence[str]) -> list[str]:
    """Each text is an item of its own, and ends as one."""
    return [line for text in texts for line in ended(items_of(text))]
