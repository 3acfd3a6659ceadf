"""What a unit's papers carry: from the tree, as far as the unit has not set it otherwise."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.config.settings import Organisation
from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import official_name
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.rules.programmes import Programme, basis_of
from bot.core.work import Work
from storage import letterheads, units
from storage.enums import UnitKind
from storage.folding import name_order
from storage.models import Letterhead, Unit
from storage.paths import last_of

TOP_BODY = "Tổng Liên đoàn Lao động Việt Nam"
LINES = (
    *("superior", "issuer", "short_name", "symbol", "place"),
    *("authority", "position", "signatory"),
)
RECIPIENTS, BASIS = "recipients", "basis"
LONGEST_BASIS = 500
MOST_RECIPIENTS, LONGEST_RECIPIENT = 15, 200
_CARRIES_OUT = re.compile(r"^(thực hiện|căn cứ)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"^(số\b\s*:?\s*)?[\d.…_\s]*/\s*", re.IGNORECASE)


@dataclass(frozen=True)
class HeadFacts:
    """A unit's head as it is printed, and which lines the unit has set itself; "basis:" and the
    plan's key for the basis of its reports.
    """

    unit: Unit
    head: Head
    own: frozenset[str]
    plans: Mapping[str, str]  # key -> short title of those that units report on


async def heads_of(session: AsyncSession, work: Work, issuers: Sequence[Unit]) -> dict[int, Head]:
    """By unit id, in two queries however many units they are."""
    above = await units.by_ids(session, {unit.parent_id for unit in issuers if unit.parent_id})
    own = await letterheads.of_units(session, [*above, *(unit.id for unit in issuers if unit.id)])
    top = work.settings.organisation
    names = {key: _names(unit, own.get(key), top) for key, unit in above.items()}
    heads: dict[int, Head] = {}
    for unit in issuers:
        key, over = unit.id or 0, unit.parent_id or 0
        head = default_head(unit, names.get(over, (TOP_BODY, TOP_BODY)), top)
        head = _merged(head, own[key]) if key in own else head
        body = head.superior if over in above else head.issuer
        bases = {plan.key: basis_of(plan, body) for plan in reported(work)}
        for letterhead in (own.get(over), own.get(key)):
            bases |= letterhead.bases if letterhead else {}
        heads[key] = replace(head, bases=bases)
    return heads


def reported(work: Work) -> list[Programme]:
    """The plans that units report on: their reports say what they carry out."""
    return [plan for plan in work.programmes if plan.reports]


def _names(unit: Unit, own: Letterhead | None, top: Organisation) -> tuple[str, str]:
    """The full official name and the one within a sentence."""
    stated = top.full_name.strip() if unit.parent_id is None else ""
    full = (own.issuer if own else "") or stated or official_name(unit.name, top.place)
    return full, (own.short_name if own else "") or official_name(unit.name)


def default_head(unit: Unit, over: tuple[str, str], top: Organisation) -> Head:
    """What the tree says. `over`: the full and the short name of the body above; the province
    reports to the confederation.
    """
    federation = unit.kind is UnitKind.FEDERATION
    full, short = over
    issuer, short_name = _names(unit, None, top)
    return Head(
        superior=full,
        issuer=issuer,
        short_name=short_name,
        symbol="BC-LĐLĐ" if federation else "BC-CĐ",
        place=top.place,
        recipients=(f"{short} (để báo cáo)",),
        authority="TM. BAN THƯỜNG VỤ"
        if federation or unit.kind is UnitKind.UPPER
        else "TM. BAN CHẤP HÀNH",
        position="CHỦ TỊCH",
        signatory="",
    )


def _merged(default: Head, own: Letterhead) -> Head:
    lines = {key: getattr(own, key) or getattr(default, key) for key in LINES}
    return Head(**lines, recipients=tuple(own.recipients) or default.recipients)


async def see(work: Work, actor: Actor, unit_id: int) -> HeadFacts:
    """The head of one unit. Raises Refused for whoever does not lead or administer it."""
    async with work.read() as session:
        return await _facts(session, work, await _unit(session, actor, unit_id))


async def mine(work: Work, actor: Actor) -> list[Unit]:
    """The units whose head the person may change because their role sits there, by name."""
    paths = actor.paths_for(Action.EDIT_LETTERHEAD)
    ids = {last_of(path) for path in paths if path.strip("/")}
    async with work.read() as session:
        units_by_id = await units.by_ids(session, ids)
    allowed = (
        u for u in units_by_id.values() if actor.may(Action.EDIT_LETTERHEAD, Subject(u.path))
    )
    return sorted(
        (u for u in allowed if u.kind not in _SITES),
        key=lambda unit: (unit.path.count("/"), name_order(unit.name)),
    )


_SITES = (UnitKind.SITE_UNION, UnitKind.ENTERPRISE)


async def change(context: Context, unit_id: int, line: str, words: str) -> HeadFacts:
    """Set one line; empty words bring the default back. Recipients: one a line of `words`. The
    basis of a plan's reports: the line "basis:" and the plan's key.
    """
    async with context.work.write() as session:
        unit = await _unit(session, context.actor, unit_id)
        own = await letterheads.for_change(session, unit_id)
        if line == RECIPIENTS:
            own.recipients = recipients_of(words)
        elif line.startswith(f"{BASIS}:"):
            key = line.removeprefix(f"{BASIS}:")
            if key not in {plan.key for plan in reported(context.work)}:
                raise Refused(messages.NOT_FOUND)
            others = {plan: basis for plan, basis in own.bases.items() if plan != key}
            own.bases = {**others, **({key: basis} if (basis := basis_as_typed(words)) else {})}
        elif line in LINES:
            one_line = symbol_of(words) if line == "symbol" else " ".join(words.split())
            setattr(own, line, one_line[: longest(line)])
        else:
            raise Refused(messages.NOT_FOUND)
        own.changed_by, own.changed_at = context.actor.person_id, context.now
        await session.flush()
        return await _facts(session, context.work, unit)


def symbol_of(words: str) -> str:
    """BC-CĐ of “Số: 15/BC-CĐ” too: the number is written by hand, the sign “/” is there already."""
    return _NUMBER.sub("", " ".join(words.split()))


def basis_as_typed(words: str) -> str:
    """What follows "Thực hiện", which the paper brings along."""
    return _CARRIES_OUT.sub("", " ".join(words.split())).rstrip(";,. ")[:LONGEST_BASIS]


def recipients_of(words: str) -> list[str]:
    """Lines as people type them, without the dash before and the sign after."""
    lines = (" ".join(line.split()).lstrip("-–•+ ").rstrip(";., ") for line in words.splitlines())
    return [line[:LONGEST_RECIPIENT] for line in lines if line][:MOST_RECIPIENTS]


def longest(line: str) -> int:
    """Letters that fit into the database."""
    return {"symbol": 40, "superior": 200, "issuer": 200, "short_name": 200}.get(line, 100)


async def _facts(session: AsyncSession, work: Work, unit: Unit) -> HeadFacts:
    key = unit.id or 0
    own = (await letterheads.of_units(session, [key])).get(key)
    head = (await heads_of(session, work, [unit]))[key]
    own_lines = {line for line in (*LINES, RECIPIENTS) if own and getattr(own, line)}
    own_lines |= {f"{BASIS}:{plan}" for plan in (own.bases if own else {})}
    plans = {plan.key: plan.short for plan in reported(work)}
    return HeadFacts(unit, head, frozenset(own_lines), plans)


async def _unit(session: AsyncSession, actor: Actor, unit_id: int) -> Unit:
    unit = await session.get(Unit, unit_id)
    if unit is None:
        raise Refused(messages.NOT_FOUND)
    require(actor, Action.EDIT_LETTERHEAD, Subject(unit.path))
    return unit
