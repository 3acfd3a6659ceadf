"""Who is meant by each audience of what a leader writes."""

from bot.core.rules.permissions import LEADING_VISITS, Action, given_visits, roles_for
from storage.enums import Audience, UnitKind

LONGEST = 3000  # letters: with its head and foot it is one message
LONGEST_WITH_FILE = 800  # Telegram takes 1024 below a file


def longest(*, with_file: bool) -> int:
    """How many letters an announcement may have, so that each reader gets one message."""
    return LONGEST_WITH_FILE if with_file else LONGEST


def expected_at(audience: Audience) -> dict[UnitKind, frozenset[str]]:
    """The kinds of units where somebody should read it, with the roles one of which is enough."""
    officers, leaders = given_visits(), roles_for(LEADING_VISITS)
    committees = {UnitKind.SITE_UNION: roles_for(Action.SEE_OWN_SITES)}
    cadres = {UnitKind.UPPER: officers | leaders}
    return {
        Audience.EVERYBODY: {**cadres, **committees},
        Audience.CADRES: cadres,
        Audience.OFFICERS: {UnitKind.UPPER: officers},
        Audience.LEADERS: {UnitKind.UPPER: leaders},
        Audience.REPRESENTATIVES: committees,
    }[audience]


def roles_of(audience: Audience) -> frozenset[str]:
    """The roles of those it is for, as the table of permissions has them."""
    return frozenset[str]().union(*expected_at(audience).values())
