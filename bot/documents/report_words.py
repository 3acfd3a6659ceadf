"""What a unit's report says, in sentences and rows: the values that its template is filled with."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.documents.layout import NBSP, written_day
from bot.documents.rendering import clean, lines_of
from bot.messages.render import day, number
from bot.rules.figures import BY_KEY, PARTS, value_of
from bot.rules.papers import Consolidated, Head, Line, Paper, Part
from bot.rules.summaries import ADDRESSEES, SECTIONS

DOTS, NAME_DOTS = "…", "………………………"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
GROUPS = {"III": "Kết quả thực hiện", "IV": "Đánh giá chung"}
NO_PROPOSALS = "Không có đề xuất, kiến nghị."

# The sentences of each computed part. A piece whose numbers are missing is left out, so is one that
# is 0 and no first piece; {annex_…} is filled in where there is the annex.
SENTENCES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "I": (
        (
            "Tính đến {until}, {unit} quản lý {unions} CĐCS, nghiệp đoàn",
            "với {members} đoàn viên",
            "trên tổng số {workers} lao động",
            "trong đó có {women} lao động nữ",
            "còn {enterprises} doanh nghiệp chưa thành lập công đoàn cơ sở",
        ),
        (
            "Trong kỳ, có {arrears_sites} nơi được ghi nhận nợ lương hoặc nợ BHXH",
            "{sensitive} nơi tiềm ẩn phức tạp về quan hệ lao động",
            "đã ghi nhận {alerts} cảnh báo sớm",
        ),
    ),
    "III.1": (
        (
            "Cán bộ công đoàn đã thực hiện {visits} lượt đi cơ sở",
            "đến {sites_reached}/{sites} nơi, đạt {coverage}%",
            "dự {committee_visits} cuộc họp, sinh hoạt của Ban Chấp hành CĐCS",
        ),
        ("Có {weeks_met}/{weeks} tuần đi cơ sở theo yêu cầu{weeks_note}, đạt {weeks_share}%",),
        ("Đã nắm tình hình, hướng dẫn {guided} lượt nội dung{most_topics}{annex_chuyen_de}",),
    ),
    "III.2": (
        (
            "Đã gặp gỡ, trao đổi trực tiếp với {workers_met} lượt người lao động",
            "tổ chức {propaganda_visits} buổi tuyên truyền trực tiếp",
            "{exchange_visits} buổi giao lưu văn hóa, thể thao",
            "thực hiện {care_visits} lượt chăm lo, thăm hỏi",
            "dự {dialogue_visits} cuộc đối thoại",
        ),
    ),
    "III.3": (
        (
            "Đã tiếp nhận {received} ý kiến phản ánh, kiến nghị{annex_linh_vuc}",
            "trong đó đã giải quyết, trả lời {settled} ý kiến (đạt {settled_share}%)",
            "chuyển cấp trên, cơ quan chức năng {passed} ý kiến",
            "đang xử lý {open} ý kiến",
            "còn {overdue} ý kiến quá hạn",
        ),
    ),
    "III.4": (
        (
            "Đã kết nạp {new_members} đoàn viên",
            "thành lập mới {new_unions} CĐCS",
            "khảo sát {surveyed} doanh nghiệp chưa có tổ chức công đoàn",
        ),
    ),
    "III.5": (
        (
            "Đã xếp loại {rated} CĐCS, nghiệp đoàn{annex_xep_loai}",
            "so với năm trước, có {raised} đơn vị tăng loại",
            "{lowered} đơn vị giảm loại",
        ),
    ),
    "III.6": (
        (
            "Qua đi cơ sở, đã đề xuất khen thưởng {commendations} lượt",
            "ghi nhận {training_needs} nhu cầu tập huấn",
            "{fees_troubles} nơi có vướng mắc về kinh phí công đoàn",
        ),
    ),
}


def head_facts(head: Head) -> dict[str, Any]:
    """The lines of the head and of the foot, by their names in a template."""
    recipients = [clean(one) for one in head.recipients]
    kept = [one for one in recipients if one.startswith("Lưu")]
    return {
        "co_quan_cap_tren": clean(head.superior).upper().replace("VIỆT NAM", f"VIỆT{NBSP}NAM"),
        "co_quan": clean(head.issuer).upper(),
        "ky_hieu": clean(head.symbol),
        "dia_danh": clean(head.place) or "……………",
        "noi_nhan": [one for one in recipients if one not in kept],
        "noi_luu": kept[-1] if kept else "Lưu: VT, …",
        "quyen_han": clean(head.authority).upper(),
        "chuc_vu": clean(head.position).upper(),
        "nguoi_ky": clean(head.signatory) or NAME_DOTS,
    }


def opening(unit: str, subject: str, first: str, last: str) -> str:
    return f"{clean(unit)} báo cáo {small(subject)} như sau (số liệu từ {first} đến hết {last}):"


def small(text: str) -> str:
    """A title inside a sentence: "Kết quả …" -> "kết quả …"; an abbreviation stays."""
    text = clean(text)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def parts_of(paper: Paper, annexes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts in their order, numbered without gaps; what is missing is not spoken of."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    if "I" in paper.figures:
        groups.append((PARTS["I"], [_computed(paper, "I", annexes)]))
    written = {part.key: part for part in paper.parts}
    groups += _single(written, "II")
    results = [key for key in paper.figures if key.startswith("III.")]
    items = [_computed(paper, key, annexes) for key in results]
    groups += [(GROUPS["III"], numbered(items, [PARTS[key] for key in results]))] if items else []
    judged = [part for key, part in written.items() if key.startswith("IV.")]
    items = [_item(lines_of(part.text)) for part in judged]
    groups += [(GROUPS["IV"], numbered(items, [part.title for part in judged]))] if judged else []
    groups += _single(written, "V")
    if paper.proposals:
        groups.append(("Đề xuất, kiến nghị", proposals_of(paper.proposals)))
    return with_titles(groups, _asked(written.values()))


def _single(written: Mapping[str, Part], key: str) -> list[tuple[str, list[dict[str, Any]]]]:
    part = written.get(key)
    return [(part.title, [_item(lines_of(part.text))])] if part else []


def _asked(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """The questions of a request, with their answers."""
    own = [part for part in parts if part.key not in SECTIONS]
    return numbered([_item(lines_of(part.text)) for part in own], [part.title for part in own])


def with_titles(
    groups: Sequence[tuple[str, list[dict[str, Any]]]], asked: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """I. TITLE; the questions of a request stand alone or as the last part."""
    if asked and not groups:
        return [{"tieu_de": "", "cac_muc": asked}]
    groups = [*groups, *([("Nội dung báo cáo theo yêu cầu", asked)] if asked else [])]
    return [
        {"tieu_de": f"{number_}. {clean(title).upper()}", "cac_muc": items}
        for number_, (title, items) in zip(ROMAN, groups, strict=False)
    ]


def numbered(items: Sequence[dict[str, Any]], titles: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {**item, "tieu_de": f"{place}. {clean(title)}"}
        for place, (item, title) in enumerate(zip(items, titles, strict=True), 1)
    ]


def proposals_of(proposals: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """To whom, and what; each proposal a line with a dash."""
    given = [(key, texts) for key, texts in proposals.items() if texts]
    items = [
        _item([f"- {line}" for text in texts for line in lines_of(text)]) for _, texts in given
    ]
    known = {one.value: f"Đối với {words}" for one, words in ADDRESSEES.items()}
    return numbered(items, [known.get(key, key) for key, _ in given]) or [_item([NO_PROPOSALS])]


def _item(paragraphs: Sequence[str], figures: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    return {"tieu_de": "", "cac_doan": list(paragraphs) or [DOTS], "so_lieu": list(figures)}


def _computed(paper: Paper, key: str, annexes: Mapping[str, Any]) -> dict[str, Any]:
    words: dict[str, str] = {
        "unit": clean(paper.unit),
        "until": written_day(paper.until),
        "most_topics": _most_topics(paper),
        **{
            f"annex_{name}": f" (Phụ lục {one['so']})"
            for name in ANNEXES
            if (one := annexes.get(name))
        },
    }
    return computed(key, paper.values, words, paper.lines(key))


ANNEXES = ("linh_vuc", "chuyen_de", "xep_loai")


def computed(
    key: str,
    values: Mapping[str, int],
    words: Mapping[str, str],
    lines: Sequence[Line],
) -> dict[str, Any]:
    """A computed part: its sentences and its table."""
    known = {f: value_of(values, f) for f in BY_KEY}
    sentences = [_sentence(pieces, known, words) for pieces in SENTENCES[key]]
    return _item([s for s in sentences if s], [figure_row(line) for line in lines])


def _sentence(
    pieces: Sequence[str], known: Mapping[str, int | None], words: Mapping[str, str]
) -> str:
    """The pieces whose numbers are known, with commas; "" where the first is not."""
    said = [text for n, piece in enumerate(pieces) if (text := _piece(piece, known, words, n == 0))]
    begun = said and _piece(pieces[0], known, words, True)
    text = ", ".join(said) if begun else ""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _piece(
    piece: str, known: Mapping[str, int | None], words: Mapping[str, str], first: bool
) -> str:
    names = re.findall(r"\{(\w+)\}", piece)
    figures = {name: known[name] for name in names if name in known}
    if any(value is None for value in figures.values()):
        return ""
    if figures and not first and not next(iter(figures.values())):
        return ""
    shown = {name: said(value or 0) for name, value in figures.items()}
    others = {name: words.get(name, "") for name in names if name not in known}
    return piece.format(**shown, **others)


def said(value: int) -> str:
    """A number in a sentence: below ten with a zero in front, as officials write."""
    return f"{value:02d}" if 0 < value < 10 else number(value)


def _most_topics(paper: Paper) -> str:
    counted = sorted(paper.numbers.topics.items(), key=lambda one: -one[1].guided)
    named = [clean(paper.topics.get(key, key)) for key, count in counted[:3] if count.guided]
    return f", nhiều nhất là: {'; '.join(named)}" if named else ""


def figure_row(line: Line) -> dict[str, str]:
    """A figure in the table; one that the unit put right says so and why."""
    return {
        "noi_dung": f"{line.figure.label} ({line.figure.measure})",
        "nam_nay": shown(line.value),
        "nam_truoc": shown(line.before),
        "ghi_chu": corrected_note(line),
    }


def corrected_note(line: Line) -> str:
    if line.corrected is None:
        return ""
    data = shown(line.corrected.computed)
    return clean(f"Đơn vị điều chỉnh (hệ thống ghi nhận: {data}): {line.corrected.reason}")


def shown(value: int | None) -> str:
    """A number in a cell; a dash where nothing is known."""
    return "—" if value is None else number(value)


def span(paper: Paper | Consolidated) -> tuple[str, str]:
    """First and last day of what is counted, for the opening."""
    return day(paper.first_day), day(min(paper.last_day, paper.until))
