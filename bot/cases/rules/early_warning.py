"""Signs that a site is heading for a stoppage, and whether to raise the alarm now.

The signs are those the unions watch; weights, thresholds and seasons are our own proposal. The
words are in `data/warning_words.toml`: phrases, and what calms them ("hết đình công rồi").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache

from bot.cases.rules.classify import FILLERS, Denial, compile_denials, longest
from bot.core.rules.calendar import local
from bot.core.rules.likeness import (
    Phrase,
    PhraseBook,
    PhraseMatch,
    Word,
    compile_phrase,
    data,
    quote,
    words,
)
from storage.enums import AlertLevel, Category


class SignKind(StrEnum):
    STOPPAGE = "stoppage"  # words of a stoppage: ngừng việc, đình công, ngưng máy …
    CLOSURE = "closure"  # dissolution, owner fled
    OVERTIME_REFUSAL = "overtime_refusal"  # many refuse overtime together
    ZONE = "zone"  # several sites of one zone at once
    CLUSTER = "cluster"  # several cases of one category at one site
    ARREARS = "arrears"  # wages or insurance in arrears
    SUDDEN_CHANGE = "sudden_change"  # of quota or allowance
    SEASON = "season"  # before Tết, after a change of the minimum wage; only with another sign


WEIGHTS = {
    SignKind.STOPPAGE: 6,
    SignKind.CLOSURE: 6,
    SignKind.OVERTIME_REFUSAL: 5,
    SignKind.ZONE: 5,
    SignKind.CLUSTER: 3,
    SignKind.ARREARS: 3,
    SignKind.SUDDEN_CHANGE: 3,
    SignKind.SEASON: 1,
}
_WORDED = (
    SignKind.STOPPAGE,
    SignKind.CLOSURE,
    SignKind.OVERTIME_REFUSAL,
    SignKind.ARREARS,
    SignKind.SUDDEN_CHANGE,
)
WARNING_FROM, ALARM_FROM = 3, 5
CLUSTER_SIZE, CLUSTER_SPAN = 3, timedelta(days=7)
"""Three cases in seven days are the unions' rule; what follows is our own proposal."""
ZONE_SITES, ZONE_SPAN = 3, timedelta(days=7)
BEFORE_TET_DAYS, AFTER_WAGE_CHANGE_DAYS = 45, 60
NEAR = 12
"""Words between many people and what they do, at most (proposed)."""
PAUSE = timedelta(hours=24)
"""So long the same event is not told again, unless it has grown so many times over."""
GROWTH = 2


@dataclass(frozen=True)
class CaseText:
    """What a case tells early warning. `at`: aware, when it was brought."""

    id: int
    site: int
    category: Category
    text: str
    at: datetime


@dataclass(frozen=True)
class Season:
    """The next or running Tết (first day of the lunar year) and the last or next change of the
    minimum wage; None: not known."""

    tet: date | None = None
    wage_change: date | None = None


@dataclass(frozen=True)
class Sign:
    """One sign; `words` are the phrases found, empty for signs that are counted."""

    kind: SignKind
    weight: int
    words: tuple[str, ...] = ()
    cases: tuple[int, ...] = ()
    """Ids of the cases that make it up, the new one included."""


@dataclass(frozen=True)
class EarlyWarning:
    """`kind`: the heaviest sign, which with the site names the event; `size`: cases in it."""

    level: AlertLevel
    kind: SignKind
    signs: tuple[Sign, ...]
    size: int


@dataclass(frozen=True)
class AlertFacts:
    """The last alert about the same site and kind: when (aware) and how many cases then."""

    at: datetime
    size: int


@dataclass(frozen=True)
class OwnWords:
    """Phrases that an office added: `alarming` mean a stoppage, `harmless` are no sign of any.

    Notation as in the data file.
    """

    alarming: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()


NO_WORDS = OwnWords()


def signs(
    case: CaseText,
    recent: Sequence[CaseText],
    *,
    zone_recent: Sequence[CaseText] = (),
    today: date,
    season: Season = Season(),
    own: OwnWords = NO_WORDS,
) -> tuple[Sign, ...]:
    """The signs of a new case, the heaviest first.

    `recent`: other cases of the site, `zone_recent`: of other sites of its zone; both may reach
    further back than needed. `today`: the local day in Vietnam. In season (before Tết, after a
    change of the minimum wage) one case fewer makes a cluster.
    """
    near = [c for c in recent if c.id != case.id and _within(case, c, CLUSTER_SPAN)]
    by_kind = wording(case.text, case.category, own)
    detected = [_worded(kind, quotes, case, near) for kind, quotes in by_kind.items()]
    in_season = _in_season(today, season)
    detected += _cluster(case, near, CLUSTER_SIZE - in_season)
    if detected:
        detected += _zone(case, zone_recent)
        detected += [Sign(SignKind.SEASON, WEIGHTS[SignKind.SEASON])] * in_season
    return tuple(sorted(detected, key=lambda sign: -sign.weight))


def wording(
    text: str, category: Category = Category.KHAC, own: OwnWords = NO_WORDS
) -> dict[SignKind, tuple[str, ...]]:
    """The signs that the words of one text give by themselves, with the person's own words.

    In a concern about the union itself "ăn chặn" is not about wages.
    """
    tokens = words(text)
    by_kind = {kind: _matches(kind, tokens, category, own) for kind in _WORDED}
    return {
        kind: tuple(quote(text, tokens, f) for f in matches)
        for kind, matches in by_kind.items()
        if matches
    }


def _matches(
    kind: SignKind, tokens: Sequence[Word], category: Category, own: OwnWords
) -> list[PhraseMatch]:
    matches = _undenied(kind, tokens, own)
    if category is Category.CONG_DOAN and kind is SignKind.ARREARS:
        matches = [f for f in matches if f.phrase not in _book(kind).not_wages]
    return matches


def _says(case: CaseText, *kinds: SignKind) -> bool:
    """Whether its words give one of these signs: asked of many cases, so of no sign more."""
    tokens = words(case.text)
    return any(_matches(kind, tokens, case.category, NO_WORDS) for kind in kinds)


def alert(detected: Sequence[Sign]) -> EarlyWarning | None:
    """The alert that the signs add up to: from 3 a warning, from 5 an alarm; else None."""
    total = sum(sign.weight for sign in detected)
    if total < WARNING_FROM:
        return None
    heaviest = max(detected, key=lambda sign: sign.weight)
    level = AlertLevel.ALARM if total >= ALARM_FROM else AlertLevel.WARNING
    return EarlyWarning(level, heaviest.kind, tuple(detected), len(heaviest.cases))


@dataclass(frozen=True)
class StrikeLaw:
    """Within how long an irregular strike brings union and authorities to both sides, from the
    moment that they were told of it; and where the law says so."""

    span: timedelta
    source: str
    confirmed: bool


@cache
def strike_law() -> StrikeLaw:
    """Of `data/law.toml`."""
    law = data("law.toml", __package__)["irregular_strike"]
    source = f"{law['article']} {law['source']}"
    return StrikeLaw(timedelta(hours=law["hours"]), source, law["confirmed"])


def should_alert(previous: AlertFacts | None, now: datetime, size: int) -> bool:
    """Whether to tell again about the same cluster (site and kind).

    Yes after PAUSE; sooner only when it has grown GROWTH-fold and by two cases at least, so
    that 60 people in ten minutes make a handful of alerts. The first time always.
    """
    local(now)
    if previous is None or now - previous.at >= PAUSE:
        return True
    return size >= max(previous.size + 2, previous.size * GROWTH)


def _worded(
    kind: SignKind, quotes: tuple[str, ...], case: CaseText, near: Sequence[CaseText]
) -> Sign:
    same = (other.id for other in near if _says(other, kind))
    return Sign(kind, WEIGHTS[kind], quotes, (case.id, *same))


def _cluster(case: CaseText, near: Sequence[CaseText], enough: int) -> list[Sign]:
    same = [other.id for other in near if other.category is case.category]
    if 1 + len(same) < enough:
        return []
    return [Sign(SignKind.CLUSTER, WEIGHTS[SignKind.CLUSTER], (), (case.id, *same))]


def _zone(case: CaseText, others: Sequence[CaseText]) -> list[Sign]:
    """Sites of the zone where words of any sign came up in the same days."""
    tense = [o for o in others if _within(case, o, ZONE_SPAN) and _says(o, *_WORDED)]
    if len({case.site, *(other.site for other in tense)}) < ZONE_SITES:
        return []
    cases = (case.id, *(other.id for other in tense))
    return [Sign(SignKind.ZONE, WEIGHTS[SignKind.ZONE], (), cases)]


def _within(case: CaseText, other: CaseText, span: timedelta) -> bool:
    return timedelta(0) <= case.at - other.at <= span


def _in_season(today: date, season: Season) -> bool:
    tet, change = season.tet, season.wage_change
    before_tet = tet is not None and 0 <= (tet - today).days <= BEFORE_TET_DAYS
    after = change is not None and 0 <= (today - change).days <= AFTER_WAGE_CHANGE_DAYS
    return before_tet or after


def _undenied(kind: SignKind, tokens: Sequence[Word], own: OwnWords) -> list[PhraseMatch]:
    """The phrases of a sign, but those calmed and not roused again; and the office's own."""
    book = _book(kind)
    alarming, harmless = _own_books(own)
    hidden = [*book.instead.find(tokens), *harmless.find(tokens)]
    away = {tokens[f.start].sentence for f in book.elsewhere.find(tokens)}
    near = _near_many(tokens) if book.acts else set()
    acting = (
        f
        for f in book.phrases.find(tokens)
        if f.phrase not in book.acts or f.start in near or f.end - 1 in near
    )
    named = list(alarming.find(tokens)) if kind is SignKind.STOPPAGE else []
    return named or [
        f
        for f in longest(acting)
        if tokens[f.start].sentence not in away
        and not any(_touch(f, h) for h in hidden)
        and book.holds(tokens, f)
    ]


def _near_many(tokens: Sequence[Word]) -> set[int]:
    """The words that stand near many people, in the same sentence."""
    return {
        at
        for who in _who().find(tokens)
        for at in range(max(0, who.start - NEAR), min(len(tokens), who.end + NEAR))
        if tokens[at].sentence == tokens[who.start].sentence
    }


def _touch(match: PhraseMatch, other: PhraseMatch) -> bool:
    return other.start < match.end and match.start < other.end


@dataclass(frozen=True)
class _Book:
    """The phrases of a sign with what calms each, what rouses any, and what hides them.

    `elsewhere` calms a whole sentence; `acts` are a sign only of many people.
    """

    phrases: PhraseBook
    calm_by_phrase: Mapping[Phrase, tuple[Denial, ...]]
    rouse: tuple[Denial, ...]
    instead: PhraseBook
    elsewhere: PhraseBook
    acts: frozenset[Phrase]
    not_wages: frozenset[Phrase]

    def holds(self, tokens: Sequence[Word], match: PhraseMatch) -> bool:
        calm = self.calm_by_phrase[match.phrase]
        if any(rouse.covers(tokens, match) for rouse in self.rouse):
            return True
        return not any(denial.covers(tokens, match) for denial in calm)


@cache
def _book(kind: SignKind) -> _Book:
    section: dict[str, list[str]] = data("warning_words.toml", __package__)[kind]
    calm = compile_denials(section["calm"])
    calm_work = calm + compile_denials(section.get("calm_work", []))
    acts, phrases, named = (_compiled(section.get(key, [])) for key in ("acts", "phrases", "named"))
    calm_by_phrase = dict.fromkeys(acts + phrases, calm_work) | dict.fromkeys(named, calm)
    elsewhere = (compile_phrase(text, sure=True) for text in section.get("elsewhere", []))
    return _Book(
        phrases=PhraseBook(calm_by_phrase),
        calm_by_phrase=calm_by_phrase,
        rouse=compile_denials(section["rouse"]),
        instead=PhraseBook(_compiled(section.get("instead", []))),
        elsewhere=PhraseBook(elsewhere),
        acts=frozenset(acts) - {*phrases, *named},
        not_wages=frozenset(_compiled(section.get("not_wages", []))),
    )


@cache
def _own_books(own: OwnWords) -> tuple[PhraseBook, PhraseBook]:
    return PhraseBook(_compiled(own.alarming)), PhraseBook(_compiled(own.harmless))


@cache
def _who() -> PhraseBook:
    return PhraseBook(_compiled(data("warning_words.toml", __package__)["who"]))


def _compiled(texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(compile_phrase(text, FILLERS) for text in texts)
