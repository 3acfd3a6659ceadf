"""Who may read a visit and what was reported from it."""

from collections.abc import Mapping

from bot.core.rules.permissions import Action, Actor, Subject
from storage.enums import VisitStatus
from storage.models import Unit, Visit


def may_see(actor: Actor, visit: Visit, units_by_id: Mapping[int, Unit]) -> bool:
    """Its officer; whoever watches over its site now or watched over it then. `units_by_id`: with
    the site and the unit it was planned under.
    """
    return any(
        actor.may(Action.SEE_VISIT, Subject(units_by_id[key].path, visit.officer_id))
        for key in (visit.site_id, visit.unit_id)
    )


def may_read(actor: Actor, visit: Visit, units_by_id: Mapping[int, Unit]) -> bool:
    """Besides, once it is reported, whoever may read the page of the site: why a colleague could
    not go is none of their business. Its minutes stay with those who may see the visit.
    """
    if may_see(actor, visit, units_by_id):
        return True
    reported = visit.status is VisitStatus.REPORTED
    return reported and actor.may(Action.READ_SITE, Subject(units_by_id[visit.site_id].path))
