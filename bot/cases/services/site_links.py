"""The start link of a site, as printed on its poster. It only says where somebody works.

The unit's number in base 36 and a short keyed check, so that nobody makes links for places that
were never given one. Old keys still open links made under them: a poster hangs for years.
"""

import hmac
from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.concerns import site_of
from bot.config.settings import Settings
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.search import best
from bot.core.work import Work
from storage import units
from storage.models import Unit
from storage.vault import Vault

PREFIX = "cs-"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CHECK = 6
_PRINTING = (Action.SEE_SITE, Action.HANG_POSTERS)


def parameter(vault: Vault, site_id: int) -> str:
    """What stands after ?start= in the link."""
    return f"{PREFIX}{_base36(site_id)}-{vault.look(_meant(site_id))[:_CHECK]}"


def page(settings: Settings, parameter: str) -> str:
    """Where a browser finds the same, with both ways on it; empty where the web door is shut."""
    return f"{settings.web.address.rstrip('/')}/m/{parameter}" if settings.web.is_on else ""


async def opened(work: Work, start: str) -> Unit | None:
    """The site of a link, or what it was merged into; None for anything else."""
    number, _, check = start.removeprefix(PREFIX).partition("-")
    if not number or len(number) > 6 or not set(number) <= set(_DIGITS):
        return None
    site_id = int(number, 36)
    valid_checks = (look[:_CHECK].encode() for look in work.vault.looks(_meant(site_id)))
    if site_id >= 2**31 or not any(
        hmac.compare_digest(valid_check, check.encode()) for valid_check in valid_checks
    ):
        return None
    async with work.read() as session:
        return await site_of(session, site_id)


async def sites_for_posters(work: Work, actor: Actor, query: str) -> Sequence[Unit]:
    """The sites that somebody may have posters for, by a few letters of the name."""
    paths = actor.paths_for(*_PRINTING)
    async with work.read() as session:
        sites = {site.id or 0: site for site in await units.sites(session, paths)}
    names = [(key, site.folded) for key, site in sites.items()]
    return [sites[key] for key in best(query, names)]


async def for_poster(work: Work, actor: Actor, site_id: int) -> Unit | None:
    """The site, if it is one of theirs."""
    async with work.read() as session:
        site = await _site(session, site_id)
    allowed = site is not None and any(
        actor.may(action, Subject(site.path)) for action in _PRINTING
    )
    return site if allowed else None


async def all_sites(work: Work, code: str = "") -> Sequence[Unit]:
    """For the operator: every site, or the one with this code."""
    async with work.read() as session:
        sites = await units.sites(session, ["/"])
    return [site for site in sites if not code or site.code == code]


async def _site(session: AsyncSession, site_id: int) -> Unit | None:
    return await site_of(session, site_id) if site_id < 2**31 else None


def _meant(site_id: int) -> str:
    return f"site:{site_id}"


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits
