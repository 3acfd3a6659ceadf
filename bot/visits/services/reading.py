"""Who may read a visit and what was reported from it."""

from collections.abc import Mapping

from bot.core.rules.permissions import Action, Actor, Subject
from storage.enums import VisitStatus
from storage.models import Unit, Visit


def may_read(actor: Actor, visit: Visit, units_by_id: Mapping[int, Unit]) -> bool:
    """Its officer; whoever watches over its site now or watched over it then; and, once it is
    reported, whoever may read the page of the site: why a colleague could not go is none of their
    business. `units_by_id`: with the site and the unit it was planned under."""
    paths = [units_by_id[key].path for key in (visit.site_id, visit.unit_id)]
    if any(actor.may(Action.SEE_VISIT, Subject(path, visit.officer_id)) for path in paths):
        return True
    reported = visit.status is VisitStatus.REPORTED
    return reported and actor.may(Action.READ_SITE, Subject(paths[0]))
