"""The law's limits of a case in words, for its card and its sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.cases.rules.legal_dates import LegalFacts, LegalTerm, procedures
from bot.core.rendering import day

REFERENCE = "Để tham khảo, đề nghị đối chiếu văn bản (lần cuối đối chiếu {day})."
_WHOM = (
    "Chưa rõ khiếu nại ai: trên đây là thời hạn khi khiếu nại người sử dụng lao động; "
    "khiếu nại cơ quan nhà nước thì khác."
)
_NOT_CONFIRMED = "(*) chưa đối chiếu được với văn bản."
_NOT_KNOWN = "chưa rõ ngày – cần hỏi"
DISPUTE = "dispute"
_FROM = " kể từ "
_BRIEF = (
    "Nếu là tranh chấp lao động cá nhân, thời hiệu yêu cầu giải quyết là: {bodies}, kể từ {since} "
    "(Điều 190 {source}). Chưa rõ ngày{ask}."
)
_ASK = ": đề nghị hỏi, rồi bấm “⚖️ Mốc theo luật”"
_MOVED = ", ngày cuối là ngày nghỉ nên tính sang ngày làm việc tiếp theo"


@dataclass(frozen=True)
class LegalBlock:
    """The limits of one procedure: what they belong to, with the law, and a line each."""

    title: str
    lines: Sequence[str]


def blocks(terms: Sequence[LegalTerm]) -> list[LegalBlock]:
    """The limits by procedure, in words."""
    by_procedure = []
    for key, group in groupby(terms, key=lambda term: term.limit.procedure):
        procedure = procedures()[key]
        by_procedure.append(
            LegalBlock(
                f"{procedure.name} ({procedure.source}, hiệu lực {day(procedure.in_force_from)})",
                [_line(t) for t in group],
            )
        )
    return by_procedure


def in_brief(terms: Sequence[LegalTerm], *, may_note: bool) -> str:
    """One sentence instead of the blocks, where nothing but an individual dispute may be meant and
    its day is not known: the card of an ordinary concern is about the concern. Else empty.
    `may_note`: the reader has the button under which the day is noted.
    """
    if not terms or any(term.limit.procedure != DISPUTE or term.start for term in terms):
        return ""
    bodies = ", ".join(
        f"{term.limit.body} {term.limit.rule.split(_FROM)[0]}{_mark(term)}" for term in terms
    )
    since = terms[0].limit.rule.split(_FROM)[1]
    ask = _ASK if may_note else ""
    return _BRIEF.format(bodies=bodies, since=since, source=procedures()[DISPUTE].source, ask=ask)


def notes(terms: Sequence[LegalTerm], facts: LegalFacts) -> str:
    """What has to be said below them: for reference only, and what could not be confirmed."""
    used = [procedures()[term.limit.procedure] for term in terms]
    parts = (
        [REFERENCE.format(day=day(min(procedure.checked_on for procedure in used)))] if used else []
    )
    employer = any(term.limit.procedure == "employer_complaint" for term in terms)
    if employer and facts.opponent is None:
        parts.insert(0, _WHOM)
    if not all(term.limit.confirmed for term in terms):
        parts.append(_NOT_CONFIRMED)
    parts += [words for words in dict.fromkeys(procedure.caution for procedure in used) if words]
    return " ".join(parts)


def _line(term: LegalTerm) -> str:
    """Such as: hết thời hiệu khiếu nại: 04/05/2027 – 180 ngày kể từ … (05/11/2026), Điều 7."""
    limit = term.limit
    article = f"{limit.article}{_mark(term)}"
    if term.start is None or term.last_day is None:
        return f"{limit.says.removeprefix('hết ')}: {limit.rule} ({_NOT_KNOWN}), {article}"
    last = f"{day(term.last_day)}{' (đã qua)' if term.over else ''}"
    moved = _MOVED if term.moved else ""
    return f"{limit.says}: {last} – {limit.rule} ({day(term.start)}){moved}, {article}"


def _mark(term: LegalTerm) -> str:
    return "" if term.limit.confirmed else " (*)"
