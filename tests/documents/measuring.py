"""The layout of official documents as a table of rules, each with how it is measured.

What is measured is the rendered file, as Word will read it: a wrong edit of a template shows here.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

CENTRE, JUSTIFY = ALIGN.CENTER, ALIGN.JUSTIFY
# Widths of lines in cm in Times New Roman bold (Tinos, which has its metrics).
WIDTHS = {
    "Độc lập - Tự do - Hạnh phúc": 5.61,
    # Longer than the column of 7.3 cm: the line goes over two, the rule follows the column.
    "CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP TỈNH AN\N{NO-BREAK SPACE}GIANG": 7.3,
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN\N{NO-BREAK SPACE}GIANG": 7.3,
    "CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP\N{NO-BREAK SPACE}TỈNH": 7.3,
    "Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân” năm 2026": 13.66,
    "Làm việc tại Công đoàn cơ sở Công ty May Sen Vàng": 10.93,
    "Về việc khen thưởng qua công tác đi cơ sở": 9.27,
    "Tổng hợp kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân” năm 2026": 15.72,
}


KINDS = ("BÁO CÁO", "BIÊN BẢN", "TỜ TRÌNH")
TO = "Kính gửi: "  # stands in the middle, above the words


class Opened:
    """A paper, its pieces found by what they say."""

    def __init__(self, data: bytes) -> None:
        self.paper: Any = docx.Document(io.BytesIO(data))
        self.left = self.paper.tables[0].rows[0].cells[0].paragraphs
        self.right = self.paper.tables[0].rows[0].cells[1].paragraphs
        self.lines = [line for line in self.paper.paragraphs if line.text.strip()]

    @property
    def kind(self) -> Any:
        return next(p for p in self.lines if p.text in KINDS)

    @property
    def subject(self) -> Any:
        return self.after(self.kind)

    def after(self, line: Any) -> Any:
        found = list(self.paper.paragraphs)
        place = next(i for i, one in enumerate(found) if one._p is line._p)
        return found[place + 1]

    @property
    def body(self) -> list[Any]:
        """From the opening to "./.", headings apart."""
        first = next(
            i for i, p in enumerate(self.lines) if ":" in p.text and not p.text.startswith(TO)
        )
        last = next(i for i, p in enumerate(self.lines) if p.text.endswith("./."))
        return [p for p in self.lines[first : last + 1] if not bold(p) and not _is_note(p)]

    @property
    def notes(self) -> list[Any]:
        """Under a table, what its columns hold."""
        return [p for p in self.lines if _is_note(p)]

    @property
    def own_words(self) -> list[Any]:
        """The annex with what units wrote, headings apart; nothing where there is none."""
        title = next((i for i, p in enumerate(self.lines) if p.text.startswith(OWN_WORDS)), None)
        if title is None:
            return []
        below = self.lines[title + 2 :]  # after "Kèm theo"
        last = next(i for i, p in enumerate(below) if p.text.startswith("Phụ lục "))
        return [p for p in below[:last] if not bold(p)]

    @property
    def headings(self) -> list[Any]:
        return [
            p for p in self.lines if bold(p) and p.text.split(".")[0] in ROMAN | {"1", "2", "3"}
        ]

    @property
    def foot(self) -> list[Any]:
        """The lines of the table with Nơi nhận."""
        for table in self.paper.tables:
            for cell in table.rows[0].cells:
                if cell.paragraphs[0].text == "Nơi nhận:":
                    return list(cell.paragraphs)
        raise AssertionError("no Nơi nhận")

    @property
    def signing(self) -> list[Any]:
        """The lines of whoever signs; blank ones too."""
        for table in self.paper.tables:
            for cell in table.rows[0].cells:
                if cell.paragraphs[0].text in ("TM. BAN THƯỜNG VỤ", "CHỦ TRÌ"):
                    return list(cell.paragraphs)
        raise AssertionError("nobody signs")

    @property
    def tables(self) -> list[Any]:
        """The ones with lines."""
        return [
            t for t in self.paper.tables if t.style is not None and t.style.name == "Table Grid"
        ]


def text_of(data: bytes) -> str:
    """Everything in the file, table cells by " | "."""
    paper = docx.Document(io.BytesIO(data))
    lines = [p.text for p in paper.paragraphs]
    for table in paper.tables:
        for row in table.rows:
            lines.append(" | ".join("\n".join(p.text for p in c.paragraphs) for c in row.cells))
    return "\n".join(lines).replace("Phụ\xa0lục\xa0", "Phụ lục ")


LAST_YEAR = re.compile(r"(Năm \d{4}|Cùng kỳ năm trước): số liệu")
UNDER_A_FIGURE = (": đơn vị rà soát, điều chỉnh", ": gồm số điều chỉnh", ": tính từ ngày")
OWN_WORDS = "NỘI DUNG CHỈ ĐẠO, ĐÁNH GIÁ"


def _is_note(line: Any) -> bool:
    return bool(LAST_YEAR.match(line.text)) or any(words in line.text for words in UNDER_A_FIGURE)


ROMAN = {"I", "II", "III", "IV", "V", "VI"}


def sizes(line: Any) -> list[float]:
    normal = line.part.document.styles["Normal"].font.size
    return sorted({(run.font.size or normal).pt for run in line.runs if run.text.strip()})


def bold(line: Any) -> bool:
    return bool(line.runs) and all(run.bold for run in line.runs if run.text.strip())


def italic(line: Any) -> bool:
    return bool(line.runs) and all(run.italic for run in line.runs if run.text.strip())


def look(line: Any) -> dict[str, Any]:
    return {
        "text": line.text,
        "sizes": sizes(line),
        "bold": bold(line),
        "italic": italic(line),
        "align": line.alignment,
    }


def rule_length(line: Any, width: float) -> float | None:
    """Of a line drawn below, in cm; None where nothing is drawn."""
    if line._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:bottom')}") is None:
        return None
    form = line.paragraph_format
    aside = sum(side.cm for side in (form.left_indent, form.right_indent) if side is not None)
    return round(width - aside, 2)


def column(opened: Opened, place: int) -> float:
    return float(opened.paper.tables[0].columns[place].width.cm)


@dataclass(frozen=True)
class Rule:
    """`asked`: the rule in words; `measure` what the file says; `fits` whether that will do."""

    name: str
    asked: str
    measure: Callable[[Opened], Any]
    fits: Callable[[Any], bool]


def _margins(o: Opened) -> list[list[int]]:
    return [
        [round(side.mm) for side in (s.top_margin, s.bottom_margin, s.left_margin, s.right_margin)]
        for s in o.paper.sections
    ]


def _fonts(o: Opened) -> set[str]:
    """Every font that anything in the file names, the style first."""
    named = {o.paper.styles["Normal"].font.name}
    for fonts in o.paper.element.body.iter(qn("w:rFonts")):
        named |= {value for key, value in fonts.attrib.items() if "hint" not in key}
    return named


def _colours(o: Opened) -> set[str]:
    found = {c.get(qn("w:val")) for c in o.paper.element.body.iter(qn("w:color"))}
    return {str(one) for one in found} - {"auto", "000000"}


def _number(o: Opened) -> dict[str, Any]:
    first = o.paper.sections[0]
    line = first.header.paragraphs[0]
    field = "".join(part.text or "" for part in line._p.iter(qn("w:instrText")))
    size = (line.runs[0].font.size if line.runs else None) or 0
    return {
        "field": field.strip(),
        "align": line.alignment,
        "size": getattr(size, "pt", 0),
        "not_on_page_1": first.different_first_page_header_footer,
        "first_header": first.first_page_header.paragraphs[0].text,
        "later_pages": [s.different_first_page_header_footer for s in o.paper.sections[1:]],
        "linked": [s.header.is_linked_to_previous for s in o.paper.sections[1:]],
    }


def _paragraphs(lines: list[Any]) -> set[tuple[Any, ...]]:
    return {
        (
            tuple(sizes(p)),
            p.alignment,
            round(p.paragraph_format.first_line_indent.cm, 2)
            if p.paragraph_format.first_line_indent is not None
            else None,
            p.paragraph_format.space_after.pt if p.paragraph_format.space_after is not None else 0,
            p.paragraph_format.line_spacing,
        )
        for p in lines
    }


def _body_fits(found: set[tuple[Any, ...]]) -> bool:
    return all(
        set(size) <= {13, 14}
        and align == JUSTIFY
        and indent in (1.0, 1.27)
        and after >= 6
        and isinstance(spacing, float)
        and 1.0 <= spacing <= 1.5
        for size, align, indent, after, spacing in found
    )


def _ending(o: Opened) -> str:
    return [p for p in o.lines if "./." in p.text][-1].text[-3:]


def _grand_headings(o: Opened) -> list[str]:
    return [p.text for p in o.headings if p.text.split(".")[0] in ROMAN]


def _grid(o: Opened) -> list[dict[str, Any]]:
    return [
        {
            "repeats": t.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None,
            "whole": all(
                row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in t.rows
            ),
            "sizes": sorted({s for c in t._cells for p in c.paragraphs for s in sizes(p)}),
            "width": round(sum(c.width.cm for c in t.columns), 1),
            "fixed": not t.autofit,
        }
        for t in o.tables
    ]


def _grid_fits(found: list[dict[str, Any]]) -> bool:
    return all(
        one["repeats"]
        and one["whole"]
        and one["fixed"]
        and set(one["sizes"]) <= {10, 11, 12}
        and (one["width"] <= 16.6 or 24 <= one["width"] <= 25.3)
        for one in found
    )


def _is(size: set[int], **more: Any) -> Callable[[dict[str, Any]], bool]:
    def fits(found: dict[str, Any]) -> bool:
        fitting = all(found[key] == value for key, value in more.items())
        return fitting and bool(found["sizes"]) and set(found["sizes"]) <= size

    return fits


def _capitals(fits: Callable[[dict[str, Any]], bool]) -> Callable[[dict[str, Any]], bool]:
    return lambda found: found["text"] == found["text"].upper() and fits(found)


def _share(low: float, high: float) -> Callable[[tuple[float | None, float]], bool]:
    return lambda found: found[0] is not None and low <= found[0] / found[1] <= high


RULES = (
    Rule(
        "Khổ giấy",
        "A4 đứng (210 × 297 mm), phụ lục bảng rộng quay ngang",
        lambda o: [(round(s.page_width.mm), round(s.page_height.mm)) for s in o.paper.sections],
        lambda found: found[0] == (210, 297) and set(found[1:]) <= {(297, 210)},
    ),
    Rule(
        "Lề trên, dưới, trái, phải",
        "20–25, 20–25, 30–35, 15–20 mm",
        _margins,
        lambda found: all(
            20 <= top <= 25 and 20 <= bottom <= 25 and 30 <= left <= 35 and 15 <= right <= 20
            for top, bottom, left, right in found
        ),
    ),
    Rule("Phông chữ", "Times New Roman", _fonts, lambda found: found == {"Times New Roman"}),
    Rule("Màu chữ", "đen", _colours, lambda found: found == set()),
    Rule(
        "Số trang",
        "giữa, trên, cỡ 13–14, không có ở trang 1",
        _number,
        lambda n: (
            n["field"] == "PAGE"
            and n["align"] == CENTRE
            and n["size"] in (13, 14)
            and n["not_on_page_1"]
            and not n["first_header"]
            and not any(n["later_pages"])
            and all(n["linked"])
        ),
    ),
    Rule(
        "Quốc hiệu",
        "in hoa, 12–13, đậm, bên phải",
        lambda o: look(o.right[0]),
        lambda found: (
            found["text"] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
            and _is({12, 13}, bold=True, italic=False, align=CENTRE)(found)
        ),
    ),
    Rule(
        "Tiêu ngữ",
        "13–14, đậm",
        lambda o: look(o.right[1]),
        lambda found: (
            found["text"] == "Độc lập - Tự do - Hạnh phúc"
            and _is({13, 14}, bold=True, italic=False, align=CENTRE)(found)
        ),
    ),
    Rule(
        "Kẻ dưới Tiêu ngữ",
        "dài bằng dòng chữ",
        lambda o: (rule_length(o.right[2], column(o, 1)), WIDTHS[o.right[1].text]),
        _share(0.95, 1.05),
    ),
    Rule(
        "Cơ quan cấp trên",
        "in hoa, 12–13, không đậm",
        lambda o: look(o.left[0]),
        _capitals(_is({12, 13}, bold=False, italic=False, align=CENTRE)),
    ),
    Rule(
        "Cơ quan ban hành",
        "in hoa, 12–13, đậm",
        lambda o: look(o.left[1]),
        _capitals(_is({12, 13}, bold=True, italic=False, align=CENTRE)),
    ),
    Rule(
        "Kẻ dưới cơ quan ban hành",
        "1/3–1/2 dòng chữ",
        lambda o: (rule_length(o.left[2], column(o, 0)), WIDTHS[o.left[1].text]),
        _share(1 / 3, 1 / 2),
    ),
    Rule(
        "Số, ký hiệu",
        "13, để trống số",
        lambda o: look(o.left[3]),
        lambda found: (
            found["text"].startswith(("Số:        /B", "Số:        /TTr"))
            and _is({13}, bold=False, italic=False, align=CENTRE)(found)
        ),
    ),
    Rule(
        "Địa danh, ngày tháng",
        "13–14, nghiêng; ngày dưới 10, tháng 1, 2 thêm số 0",
        lambda o: look(o.right[3]),
        lambda found: (
            ", ngày " in found["text"]
            and _is({13, 14}, bold=False, italic=True, align=CENTRE)(found)
        ),
    ),
    Rule(
        "Tên loại",
        "in hoa, 13–14, đậm, giữa",
        lambda o: look(o.kind),
        _capitals(_is({13, 14}, bold=True, italic=False, align=CENTRE)),
    ),
    Rule(
        "Trích yếu",
        "13–14, đậm, giữa",
        lambda o: look(o.subject),
        _is({13, 14}, bold=True, italic=False, align=CENTRE),
    ),
    Rule(
        "Kẻ dưới trích yếu",
        "1/3–1/2 dòng chữ",
        lambda o: (rule_length(o.after(o.subject), 16.5), WIDTHS[o.subject.text]),
        _share(1 / 3, 1 / 2),
    ),
    Rule(
        "Nội dung",
        "13–14, đều hai lề, lùi 1 hoặc 1,27 cm, cách đoạn ≥ 6 pt, dòng 1,0–1,5",
        lambda o: _paragraphs(o.body),
        lambda found: bool(found) and _body_fits(found),
    ),
    Rule("Kết thúc", "./.", _ending, lambda found: found == "./."),
    Rule(
        "Đề mục I., 1.",
        "đậm, 13–14; I. in hoa",
        lambda o: {
            "all": [(p.text, bold(p), sizes(p)) for p in o.headings],
            "capitals": _grand_headings(o),
        },
        lambda found: (
            len(found["all"]) > 2
            and bool(found["capitals"])
            and all(text == text.upper() for text in found["capitals"])
            and all(set(size) <= {13, 14} for _, _, size in found["all"])
        ),
    ),
    Rule(
        "Nơi nhận",
        "12, đậm, nghiêng",
        lambda o: look(o.foot[0]),
        _is({12}, bold=True, italic=True),
    ),
    Rule(
        "Danh sách nơi nhận",
        "11; “- …;”, cuối là “- Lưu: VT, ….”",
        lambda o: [(p.text, sizes(p)) for p in o.foot[1:] if p.text],
        lambda found: (
            all(size == [11] for _, size in found)
            and all(text.startswith("- ") and text.endswith(";") for text, _ in found[:-1])
            and found[-1][0].startswith("- Lưu: VT")
            and found[-1][0].endswith(".")
        ),
    ),
    Rule(
        "Ký",
        "thẩm quyền, chức vụ in hoa 13–14 đậm; tên 13–14 đậm; để trống chỗ ký, đóng dấu",
        lambda o: {
            "first": look(o.signing[0]),
            "blank": sum(1 for p in o.signing if not p.text.strip()),
            "last": look(o.signing[-1]),
        },
        lambda found: (
            _capitals(_is({13, 14}, bold=True, align=CENTRE))(found["first"])
            and found["blank"] >= 3
            and _is({13, 14}, bold=True, align=CENTRE)(found["last"])
        ),
    ),
    Rule(
        "Phụ lục",
        "14, đậm, giữa",
        lambda o: [look(p) for p in o.lines if p.text.startswith("Phụ lục ")],
        lambda found: all(_is({14}, bold=True, align=CENTRE)(one) for one in found),
    ),
    Rule(
        "Lời của đơn vị trong phụ lục",
        "như Nội dung",
        lambda o: _paragraphs(o.own_words),
        _body_fits,
    ),
    Rule(
        "Ghi chú dưới bảng",
        "11–12, nghiêng; cột năm trước một lần",
        lambda o: [look(p) for p in o.notes],
        lambda found: (
            sum(bool(LAST_YEAR.match(one["text"])) for one in found) <= 1
            and all(_is({11, 12}, italic=True)(one) for one in found)
        ),
    ),
    Rule(
        "Bảng",
        "lặp lại dòng tiêu đề, không cắt dòng, đặt chiều rộng, cỡ 10–12",
        _grid,
        _grid_fits,
    ),
)


def broken_rules(data: bytes) -> Iterator[str]:
    """The names of the rules that a paper does not keep; what cannot be found breaks its rule."""
    opened = Opened(data)
    for rule in RULES:
        try:
            kept = rule.fits(rule.measure(opened))
        except (AssertionError, IndexError, KeyError, StopIteration, AttributeError):
            kept = False
        if not kept:
            yield rule.name
