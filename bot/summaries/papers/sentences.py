"""The computed parts of a report in sentences; what is not there is not given as a zero.

A chairman signs them: nothing is negated that nobody asked about ("chưa ghi nhận …"). A zero is
spoken of only where the program itself is the record: the list of units, its visits.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass

from bot.core.rendering import capital, number
from bot.core.rules.official_names import spelled
from bot.documents.parts import padded
from bot.summaries.rules.figures import BY_KEY, FIGURES, RESULTS, value_of
from bot.visits.rules.results import AnswerSort, ResultFigure


@dataclass(frozen=True)
class Piece:
    """`text` names figures in {}; the first decides: unknown or 0, the piece is left out. A clause
    in [] is left out alike; one in [+ ] is there for a zero, too. `none`: what is said of a zero,
    if anything. `joint`: what stands between it and the piece before. `unless`: a figure that says
    it better, where it is known.
    """

    text: str
    _: KW_ONLY
    none: str = ""
    joint: str = "; "
    unless: str = ""


@dataclass(frozen=True)
class Sentence:
    """Pieces after `lead`. `hangs`: without the first piece nothing else is said. `link`: stands
    before the second piece that is there, whichever it is.

    The zeros that are spoken of follow in a sentence of their own, after `without`.
    """

    lead: str
    pieces: tuple[Piece, ...]
    _: KW_ONLY
    hangs: bool = False
    link: str = ""
    without: str = "Trong kỳ"


_P = Piece
SENTENCES: Mapping[str, tuple[Sentence, ...]] = {
    "I": (
        Sentence(
            "Tính đến {until}, {unit} quản lý",
            (
                _P("{unions} CĐCS, nghiệp đoàn", none="chưa có CĐCS, nghiệp đoàn trực thuộc"),
                _P("với {members} đoàn viên", joint=" "),
                _P("còn {enterprises} doanh nghiệp chưa thành lập công đoàn cơ sở"),
                # Of unions and enterprises together, so it stands after both.
                _P("tổng số {workers} lao động[, trong đó có {women} lao động nữ]"),
            ),
            hangs=True,
            without="Tính đến {until}, {unit}",
        ),
        Sentence(
            "Qua đi cơ sở, đã nắm tình hình trả lương, đóng BHXH tại",
            (
                _P("{arrears_asked} cơ sở"),
                _P("{arrears_wages} cơ sở nợ lương"),
                _P("{arrears_insurance} cơ sở chậm đóng, trốn đóng BHXH"),
            ),
            hangs=True,
            link=", trong đó có ",
        ),
        Sentence(
            "Có",
            (_P("{sensitive} cơ sở, doanh nghiệp tiềm ẩn phức tạp về quan hệ lao động"),),
        ),
    ),
    "III.1": (
        Sentence(
            "Cán bộ công đoàn đã thực hiện",
            (
                _P(
                    "{visits} lượt đi cơ sở{annex_chuyen_de}[+, trong đó lãnh đạo đi "
                    "{leader_visits} lượt][, chuyên viên đi {specialist_visits} lượt]",
                    none="chưa ghi nhận lượt đi cơ sở",
                ),
                _P("đến {sites_reached}/{sites} cơ sở[, đạt {coverage}%]", joint=", "),
                _P("dự {committee_visits} cuộc họp, sinh hoạt của Ban Chấp hành CĐCS"),
                _P("hướng dẫn, hỗ trợ tại chỗ trong {helped} lượt đi"),
            ),
            hangs=True,
        ),
    ),
    "III.2": (
        Sentence(
            "Đã",
            (
                _P("gặp gỡ, trao đổi trực tiếp với {workers_met} lượt người lao động"),
                _P("tổ chức {propaganda_visits} buổi tuyên truyền trực tiếp"),
                _P("tham gia {exchange_visits} buổi giao lưu văn hóa, thể thao"),
                _P("thực hiện {care_visits} lượt chăm lo, thăm hỏi"),
                _P("dự {dialogue_visits} cuộc đối thoại"),
            ),
        ),
    ),
    "III.3": (
        Sentence(
            "Đã",
            (
                _P("tiếp nhận {received} ý kiến phản ánh, kiến nghị{annex_linh_vuc}"),
                _P("đã giải quyết, trả lời {settled} ý kiến[ (đạt {settled_share}%)]"),
                _P("đã chuyển cấp trên, cơ quan chức năng {passed} ý kiến", unless="handed_up"),
                _P("đã chuyển cấp trên {handed_up} ý kiến"),
                _P("đã chuyển cơ quan chức năng {referred} ý kiến"),
                _P("đang xử lý {open} ý kiến"),
                _P("có {overdue} ý kiến quá hạn giải quyết"),
            ),
            hangs=True,
            link=", trong đó ",
        ),
    ),
    "III.4": (
        Sentence(
            "Đã",
            (
                _P("kết nạp {new_members} đoàn viên"),
                _P("thành lập mới {new_unions} CĐCS"),
                _P("khảo sát {surveyed} doanh nghiệp chưa có tổ chức công đoàn"),
            ),
        ),
    ),
    "III.5": (
        Sentence("Đã xếp loại", (_P("{rated} CĐCS, nghiệp đoàn{annex_xep_loai}"),)),
        Sentence(
            "So với năm trước, có",
            (_P("{raised} đơn vị tăng loại"), _P("{lowered} đơn vị giảm loại", joint=", ")),
        ),
    ),
    "III.6": (
        Sentence(
            "Qua đi cơ sở, đã",
            (
                _P("đề xuất khen thưởng {commendations} lượt[ ({commended} lượt đã được đồng ý)]"),
                _P("ghi nhận {training_needs} nhu cầu tập huấn"),
                _P("phát hiện {fees_troubles} cơ sở có vướng mắc về kinh phí công đoàn"),
            ),
        ),
    ),
}


OF_ALL: Mapping[str, tuple[Sentence, ...]] = {
    **SENTENCES,
    "III.3": (
        Sentence(
            "Các cấp công đoàn đã",
            (
                _P("tiếp nhận {received} ý kiến phản ánh, kiến nghị{annex_linh_vuc}"),
                _P("đã giải quyết, trả lời {settled} ý kiến[ (đạt {settled_share}%)]"),
                _P("các đơn vị đang xử lý {open} ý kiến"),
                _P("{unit} đang xử lý {handed_up} ý kiến do các đơn vị chuyển đến"),
                _P("cơ quan chức năng đang xử lý {referred} ý kiến"),
                _P("có {overdue} ý kiến quá hạn giải quyết"),
            ),
            hangs=True,
            link=", trong đó ",
        ),
    ),
}
"""Of all units together, as their receiver says it: what was handed up is in its own hands."""


OWN: Mapping[str, tuple[Sentence, ...]] = {
    "III.1": (
        Sentence(
            "Ngoài ra, {officers} cơ quan {unit} trực tiếp thực hiện",
            (
                _P(
                    "{visits} lượt đi cơ sở[, trong đó lãnh đạo đi {leader_visits} lượt]"
                    "[, chuyên viên đi {specialist_visits} lượt]"
                ),
                _P("đến {sites_reached} cơ sở", joint=", "),
            ),
            hangs=True,
        ),
    ),
    "III.3": (
        Sentence(
            "{unit} trực tiếp tiếp nhận",
            (
                _P("{received} ý kiến phản ánh, kiến nghị"),
                _P("đã giải quyết, trả lời {settled} ý kiến"),
                _P("đang xử lý {open} ý kiến"),
                _P("đã chuyển cơ quan chức năng {referred} ý kiến"),
            ),
            hangs=True,
            link=", trong đó ",
        ),
    ),
}
"""What the receiver did itself, said after what the units did; in none of their numbers."""


Figures = Mapping[str, int | None]


def own_sentences(key: str, values: Mapping[str, int], words: Mapping[str, str]) -> list[str]:
    """The same of the receiver's own people; who went alone is not counted a second time."""
    figures = dict(_figures(values))
    words = {**words, "officers": _officers(figures)}
    for sort in ("leader_visits", "specialist_visits"):
        if figures["visits"] and figures[sort] == figures["visits"]:
            figures["leader_visits"] = figures["specialist_visits"] = None
    return [text for sentence in OWN.get(key, ()) if (text := _worded(sentence, figures, words))]


def _officers(figures: Figures) -> str:
    """Who went, as far as it is known: a leader is named only where one went."""
    sorts = {"leader_visits": "lãnh đạo", "specialist_visits": "chuyên viên"}
    return ", ".join(words for key, words in sorts.items() if figures[key]) or "cán bộ"


def _figures(values: Mapping[str, int]) -> Figures:
    return {figure: value_of(values, figure) for figure in BY_KEY}


def sentences(
    key: str, values: Mapping[str, int], words: Mapping[str, str], *, of_all: bool = False
) -> list[str]:
    """The paragraphs of a part, without those that nothing is known for."""
    figures = _figures(values)
    outline = OF_ALL if of_all else SENTENCES
    paragraphs = _of_results() if key == RESULTS else outline[key]
    return [text for sentence in paragraphs if (text := _worded(sentence, figures, words))]


def _of_results() -> list[Sentence]:
    """One for each kind of result: how often, then what it adds up to."""
    pieces: dict[str, list[Piece]] = {}
    leads: dict[str, str] = {}
    for figure in FIGURES:
        if (of := figure.of_result) is None:
            continue
        pieces.setdefault(of.kind.key, []).append(Piece(_of_result(of, f"{{{figure.key}}}")))
        leads[of.kind.key] = capital(of.kind.words)
    return [
        Sentence(leads[key], tuple(of_kind), hangs=True, link=": ")
        for key, of_kind in pieces.items()
    ]


def _of_result(of: ResultFigure, amount: str) -> str:
    """định kỳ 12 cuộc; 250 lượt người được chăm lo; tiền chăm lo 125.000.000 đồng"""
    if of.choice:
        return f"{small(of.choice[1])} {amount} {of.kind.times}"
    if of.measure is None:
        return f"{amount} {of.kind.times}"
    if of.measure.kind is AnswerSort.MONEY:
        return f"{of.measure.words} {amount} {of.measure.unit}"
    times, _, counted = of.measure.unit.partition(" ")  # lượt người: not each of them once
    again = f"{times} " if times == "lượt" and of.measure.words.startswith(counted) else ""
    return f"{amount} {again}{of.measure.words}"


def small(words: str) -> str:
    """A label inside a sentence."""
    return words[:1].lower() + words[1:]


def _worded(sentence: Sentence, figures: Figures, words: Mapping[str, str]) -> str:
    first = _value(sentence.pieces[0].text, figures)
    if sentence.hangs and first is None:
        return ""
    fitting = [p for p in sentence.pieces if not p.unless or figures[p.unless] is None]
    pieces = fitting[:1] if sentence.hangs and not first else fitting
    there = _joined(sentence, [piece for piece in pieces if _value(piece.text, figures)])
    zeros = "; ".join(
        piece.none for piece in pieces if piece.none and _value(piece.text, figures) == 0
    )
    clauses = ((sentence.lead, there), (sentence.without, zeros))
    full = [spelled(f"{lead} {text}.") for lead, text in clauses if text]
    return " ".join(_filled(text, figures, words) for text in full)


def _joined(sentence: Sentence, pieces: Sequence[Piece]) -> str:
    text = ""
    for place, piece in enumerate(pieces):
        joint = sentence.link if sentence.link and place == 1 else piece.joint
        text += f"{joint if place else ''}{piece.text}"
    return text


def _value(text: str, figures: Figures) -> int | None:
    """What decides about a piece; None also where another number of its own is unknown."""
    values = [figures[name] for name in _names(_CLAUSE.sub("", text)) if name in figures]
    return None if None in values else values[0]


def _filled(text: str, figures: Figures, words: Mapping[str, str]) -> str:
    def clause(match: re.Match[str]) -> str:
        value = _value(match[2], figures)
        return match[2] if value or (match[1] and value == 0) else ""

    return _fill(_CLAUSE.sub(clause, text), figures, words)


def _fill(text: str, figures: Figures, words: Mapping[str, str]) -> str:
    bare = {name for groups in _BARE.findall(text) for name in groups if name}
    values = {
        name: number(value) if name in bare else padded(value)
        for name in _names(text)
        if (value := figures.get(name)) is not None
    }
    others = {name: words.get(name, "") for name in _names(text) if name not in figures}
    return text.format(**values, **others)


def _names(text: str) -> Sequence[str]:
    return re.findall(r"\{(\w+)\}", text)


_CLAUSE = re.compile(r"\[(\+?)([^\]]*)\]")
_BARE = re.compile(r"\{(\w+)\}/\{(\w+)\}|\{(\w+)\}%")  # 6/45, 5%: without a zero in front
