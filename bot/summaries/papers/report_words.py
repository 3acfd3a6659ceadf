"""What a unit's report says, in sentences and rows: the values that its template is filled with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.core.rendering import capital, day, number
from bot.core.rules.official_names import spelled
from bot.documents.parts import ended, item_of, numbered, padded, with_titles
from bot.documents.rendering import clean, items_of, lines_of
from bot.documents.signs import NBSP, NOT_KNOWN, written_day
from bot.summaries.papers.answers import answer
from bot.summaries.papers.sentences import sentences
from bot.summaries.rules.figures import FIGURES, PARTS, RESULTS
from bot.summaries.rules.papers import Consolidated, FigureLine, Paper, PaperPart
from bot.summaries.rules.summaries import SECTIONS, addressees

GROUPS = {"III": "Kết quả thực hiện", "IV": "Đánh giá chung"}
NO_PROPOSALS = "Không có đề xuất, kiến nghị."


def opening(report: Paper | Consolidated) -> str:
    """What is carried out, who reports, and of which days; an answer to a request has none."""
    first, last = span(report)
    basis, speaker = clean(report.basis), clean(report.head.speaker)
    what = "kết quả" if basis else small(report.subject)
    carries_out = f"Thực hiện {basis}, " if basis else ""
    if isinstance(report, Paper) and not report.figures:
        return f"{carries_out}{speaker} báo cáo {small(report.subject)} như sau:"
    return f"{carries_out}{speaker} báo cáo {what} từ ngày {first} đến hết ngày {last} như sau:"


def small(text: str) -> str:
    """A title inside a sentence: "Kết quả …" -> "kết quả …"; an abbreviation stays."""
    text = clean(text)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def parts_of(paper: Paper, annexes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts in their order, numbered without gaps; what is missing is not spoken of."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    if "I" in paper.figures:
        groups.append((PARTS["I"], [_computed(paper, "I", annexes)]))
    written = {part.key: part for part in printed(paper.parts)}
    groups += _single(written, "II")
    results = results_of(paper.figures, paper.values)
    items = [_computed(paper, key, annexes) for key in results]
    titles = [spelled(PARTS[key]) for key in results]
    groups += [(GROUPS["III"], [*targets_at(annexes), *numbered(items, titles)])] if items else []
    judged = [part for key, part in written.items() if key.startswith("IV.")]
    items = [item_of(ended(lines_of(part.text))) for part in judged]
    groups += [(GROUPS["IV"], numbered(items, [part.title for part in judged]))] if judged else []
    groups += _single(written, "V")
    if paper.proposals or paper.takes_proposals:
        groups.append(("Đề xuất, kiến nghị", proposals_of(paper.proposals)))
    return with_note(with_titles(groups, _own_questions(written.values())), compared_with(paper))


def results_of(parts: Iterable[str], values: Mapping[str, int]) -> list[str]:
    """The parts under III; that of stated results only where there are any."""
    stated = any(figure.of_result and figure.key in values for figure in FIGURES)
    return [key for key in parts if key.startswith("III.") and (key != RESULTS or stated)]


def printed(parts: Iterable[PaperPart]) -> list[PaperPart]:
    """An optional part without text is left out; a required one stays, to be seen."""
    return [
        part
        for part in parts
        if part.text.strip() or part.key not in SECTIONS or SECTIONS[part.key].required
    ]


def at(annex: Mapping[str, Any]) -> str:
    """Phụ lục V, never torn over two lines; where there is but one, it has no number."""
    return NBSP.join(["Phụ", "lục", *([annex["so"]] if annex["so"] else [])])


def with_note(parts: list[dict[str, Any]], note: str) -> list[dict[str, Any]]:
    """What last year's column holds, said once: under the first table that has it."""
    items = (item for part in parts for item in part["cac_muc"])
    with_last_year = (
        i for i in items if any(row["nam_truoc"] != NOT_KNOWN for row in i["so_lieu"])
    )
    if first := next(with_last_year, None):
        first["cac_chu_thich"].append(note)
    return parts


def year_heading(report: Paper | Consolidated) -> str:
    """Over the column of what was counted now: which year, and until which day where it is not
    over; the days themselves where they do not begin with a year.
    """
    last = min(report.last_day, report.until)
    if (report.first_day.month, report.first_day.day) != (1, 1):
        return f"Từ {day(report.first_day)} đến {day(last)}"
    over = (last.month, last.day) == (12, 31)
    return f"Năm {last.year}" + ("" if over else f" (đến {last:%d/%m})")


def year_before_heading(report: Paper | Consolidated) -> str:
    """Over the column beside it."""
    whole = (report.first_day.month, report.first_day.day) == (1, 1)
    last = min(report.last_day, report.until)
    return f"Năm {last.year - 1}" if whole else "Cùng kỳ năm trước"


def targets_at(annexes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where the targets of the plans are: before the results."""
    annex = annexes.get("chi_tieu")
    if not annex:
        return []
    return [item_of([f"Kết quả thực hiện các chỉ tiêu theo kế hoạch nêu tại {at(annex)}."])]


def compared_with(report: Paper | Consolidated) -> str:
    """Last year's is counted up to the same day, or is what was sent then. Empty: there is none,
    and no column of it either.
    """
    if report.before is None:
        return ""
    last = min(report.last_day, report.until)
    leap = (last.month, last.day) == (2, 29)
    then = last.replace(year=last.year - 1, day=28 if leap else last.day)
    return (
        f"{year_before_heading(report)}: số liệu đến hết ngày {day(then)} hoặc theo báo cáo đã gửi "
        "năm đó; “—”: chưa có số liệu."
    )


def _single(written: Mapping[str, PaperPart], key: str) -> list[tuple[str, list[dict[str, Any]]]]:
    part = written.get(key)
    return [(part.title, [item_of(ended(lines_of(part.text)))])] if part else []


def _own_questions(parts: Iterable[PaperPart]) -> list[dict[str, Any]]:
    """The questions of a request, with their answers, in sentences."""
    own = [part for part in parts if part.key not in SECTIONS]
    answers = [answer(part.title, part.text) for part in own]
    if len(answers) > 1:
        answers = [[f"{n}. {first}", *more] for n, (first, *more) in enumerate(answers, 1)]
    return [item_of([line for lines in answers for line in lines])] if own else []


def proposals_of(
    proposals: Mapping[str, Sequence[str]], none: str = NO_PROPOSALS
) -> list[dict[str, Any]]:
    """To whom, and what; each proposal a line with a dash. `none`: said where there is none."""
    titles = {
        addressee.value: f"Đối với {spelled(words)}" for addressee, words in addressees().items()
    }
    keys = [key for key in dict.fromkeys((*titles, *proposals)) if proposals.get(key)]
    items = [
        item_of([f"- {line}" for text in proposals[key] for line in ended(items_of(text))])
        for key in keys
    ]
    return numbered(items, [titles.get(key, key) for key in keys]) or [item_of([none])]


def _computed(paper: Paper, key: str, annexes: Mapping[str, Any]) -> dict[str, Any]:
    words: dict[str, str] = {
        "unit": clean(paper.head.named),
        "until": written_day(paper.until),
        "year": str(paper.last_day.year),
        **{f"annex_{name}": f" ({at(annex)})" for name in ANNEXES if (annex := annexes.get(name))},
    }
    lines = printed_lines(paper.lines(key))
    part = computed(key, paper.values, words, lines)
    with_cases(part, key, paper, annexes)
    notes = [f"{label_of(line)}: {small(note)}" for line in lines if (note := note_of(line))]
    return with_notes(part, lines, [*counted_twice(key, paper.values), *notes])


def with_notes(
    part: dict[str, Any], lines: Sequence[FigureLine], notes: Sequence[str]
) -> dict[str, Any]:
    """Notes stand under the table: a part that needs none has one all the same where there are."""
    rows = part["so_lieu"] or ([figure_row(line) for line in lines] if notes else [])
    return {**part, "so_lieu": rows, "cac_chu_thich": list(notes)}


def with_cases(
    part: dict[str, Any], key: str, report: Paper | Consolidated, annexes: Mapping[str, Any]
) -> None:
    """Where the proposals are listed and how many, at the end of what III.3 says of everything
    that was brought: what workers brought is in no list.
    """
    annex = annexes.get("kien_nghi") if key == "III.3" and report.cases else None
    if annex and part["cac_doan"]:
        last = part["cac_doan"][-1].removesuffix(".")
        part["cac_doan"][-1] = (
            f"{last} (chi tiết {padded(len(report.cases))} kiến nghị tại {at(annex)})."
        )


def printed_lines(lines: Iterable[FigureLine]) -> list[FigureLine]:
    """Without what nobody knows, and without what is for inside use."""
    return [
        line
        for line in lines
        if line.figure.printed and (line.value is not None or line.before is not None)
    ]


def label_of(line: FigureLine) -> str:
    return capital(spelled(line.figure.label))


def measure_of(line: FigureLine) -> str:
    return spelled(line.figure.measure)


ANNEXES = ("linh_vuc", "chuyen_de", "xep_loai")


def computed(
    key: str,
    values: Mapping[str, int],
    words: Mapping[str, str],
    lines: Sequence[FigureLine],
    *,
    of_all: bool = False,
) -> dict[str, Any]:
    """A computed part: its sentences and its table. `of_all`: of all units together, said by their
    receiver.
    """
    paragraphs = sentences(key, values, words, of_all=of_all)
    rows = [figure_row(line) for line in lines]
    if key == RATED and values.get("rated") == 0:
        return item_of([f"Chưa xếp loại năm {words['year']}."])
    if key == IN_PASSING and not paragraphs:
        has_numbers = any(line.value or line.before or line.corrected for line in lines)
        return item_of(["Chưa phát sinh."], rows if has_numbers else [])
    return item_of(paragraphs, rows)


TWICE = (
    "Mục này cộng kết quả ghi trong từng báo cáo; mục “Gắn công nhân” đếm lượt đi cơ sở theo nội "
    "dung chính của lượt đi. Một việc có thể nằm trong cả hai số, không cộng hai số với nhau."
)
"""Under the results that III.2 speaks of, too: the same word, counted otherwise."""
_IN_BOTH = {
    "propaganda_visits": "res_talk",
    "exchange_visits": "res_culture",
    "care_visits": "res_care",
    "dialogue_visits": "res_dialogue",
}


def counted_twice(key: str, values: Mapping[str, int]) -> list[str]:
    """What has to be said under a part so that nobody adds it to another."""
    if key != RESULTS:
        return []
    both = any(values.get(visits) and values.get(result) for visits, result in _IN_BOTH.items())
    return [TWICE] if both else []


RATED, IN_PASSING = "III.5", "III.6"
"""Parts that say so in words, and with no table of zeros, where there is nothing yet."""


def figure_row(line: FigureLine) -> dict[str, str]:
    """A figure in the table."""
    return {
        "noi_dung": label_of(line),
        "don_vi_tinh": measure_of(line),
        "nam_nay": number_or_dash(line.value),
        "nam_truoc": number_or_dash(line.before),
    }


def note_of(line: FigureLine) -> str:
    """That the unit put a figure right, and why; or from when on it is counted."""
    if line.corrected is None:
        return f"Tính từ ngày {day(line.since)}, {IN_LIST}." if line.since else ""
    computed = line.corrected.computed
    since = "" if computed is None else f" từ {number_or_dash(computed)}"
    reason = small(line.corrected.reason)
    (note,) = ended([f"Đơn vị rà soát, điều chỉnh{since}; lý do: {reason}"])
    return note


IN_LIST = "khi đơn vị có trong danh sách"
"""Why the weeks of a unit begin after the period does."""


def number_or_dash(value: int | None) -> str:
    """A number in a cell; a dash where nothing is known."""
    return NOT_KNOWN if value is None else number(value)


def span(paper: Paper | Consolidated) -> tuple[str, str]:
    """First and last day of what is counted, for the opening."""
    return day(paper.first_day), day(min(paper.last_day, paper.until))
