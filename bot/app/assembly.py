"""What the areas bring along, put together: the one place that knows them all."""

from collections.abc import Iterable

from bot.announcements.forms.announce import ANNOUNCE, ANSWER
from bot.cases.cards.labels import affected_of
from bot.cases.cards.quoting import quoted
from bot.cases.forms.concern import CONCERN
from bot.cases.forms.handling import BY_ACTION
from bot.cases.forms.handling import FIND as FIND_CASE
from bot.cases.forms.law import LAW
from bot.cases.forms.quick_report import QUICK_REPORT
from bot.cases.forms.raise_alert import RAISE_ALERT
from bot.cases.forms.reply import ADD, ADD_LOOSE, AGAIN, GIVE_NAME
from bot.cases.forms.site_request import SITE_ANSWER, SITE_REQUEST
from bot.cases.services import alerts, unit_moves
from bot.cases.services.handovers import CASES
from bot.config.settings import Settings
from bot.conversation.form import Form
from bot.conversation.registry import register as register_forms
from bot.core.rendering import add_filters
from bot.core.rules import levels
from bot.core.rules.programmes import Programme
from bot.core.work import Work
from bot.groups.services import linking, telling
from bot.people.forms.find_person import FIND_PERSON
from bot.people.forms.invite import INVITE
from bot.people.forms.leave import LEAVE
from bot.people.forms.move_person import MOVE_PERSON
from bot.people.forms.own_details import NAME, PHONE
from bot.people.forms.own_doors import OWN_EMAIL, OWN_EMAIL_CODE
from bot.people.services import handovers
from bot.plans.forms.own_plans import ALL as OWN_PLANS
from bot.plans.forms.tasks import ALL as PLAN_TASKS
from bot.plans.services.handovers import TASKS
from bot.programmes import services as programmes
from bot.recruitment.forms.pipeline import ALL as RECRUITMENT
from bot.recruitment.forms.survey import SURVEY
from bot.summaries.forms.obligation import EXCUSE_REPORT, MOVE_DEADLINE
from bot.summaries.forms.report_request import REPORT_REQUEST
from bot.summaries.forms.summary import ALL as SUMMARY
from bot.summaries.forms.targets import ALL as TARGETS
from bot.summaries.rules import emulation, figures
from bot.summaries.services import emulation_file, targets
from bot.units.forms.change_unit import ALL as UNIT_CHANGES
from bot.units.forms.letterhead import BY_LINE
from bot.units.forms.new_site import SAME_SITE
from bot.units.forms.own_figures import OWN_FIGURES, SET_FIGURES
from bot.units.services import dissolutions
from bot.visits.forms.commendations import DECLINE, RELEASE
from bot.visits.forms.excuses import REFUSE_EXCUSE
from bot.visits.forms.loose_message import LOOSE
from bot.visits.forms.meetings import MEETINGS
from bot.visits.forms.promise import LATER, NOT_DONE
from bot.visits.forms.report import REPORT, UNPLANNED
from bot.visits.forms.report_note import ANSWER_ON_REPORT, ASK_ON_REPORT, THANK_FOR_REPORT
from bot.visits.forms.suggested_figures import EDIT as SUGGESTED_FIGURES
from bot.visits.forms.supervision import DIRECT, EXCUSE_FOR
from bot.visits.forms.visit import EXCUSE, NEXT_WEEK, SWAP
from bot.visits.rules.results import IN_USE, ResultKind
from bot.visits.services import result_file
from bot.visits.services import unit_moves as visit_moves
from bot.visits.services.handovers import VISITS
from storage.store import Store
from storage.vault import Vault

FORMS: tuple[Form, ...] = (
    REPORT,
    UNPLANNED,
    SWAP,
    NEXT_WEEK,
    EXCUSE,
    LATER,
    NOT_DONE,
    SUGGESTED_FIGURES,
    LOOSE,
    MEETINGS,
    LEAVE,
    ANNOUNCE,
    ANSWER,
    INVITE,
    FIND_PERSON,
    MOVE_PERSON,
    NAME,
    PHONE,
    OWN_EMAIL,
    OWN_EMAIL_CODE,
    DIRECT,
    EXCUSE_FOR,
    SAME_SITE,
    DECLINE,
    RELEASE,
    REFUSE_EXCUSE,
    ASK_ON_REPORT,
    THANK_FOR_REPORT,
    ANSWER_ON_REPORT,
    FIND_CASE,
    *BY_ACTION.values(),
    LAW,
    CONCERN,
    ADD,
    ADD_LOOSE,
    AGAIN,
    GIVE_NAME,
    SITE_REQUEST,
    SITE_ANSWER,
    OWN_FIGURES,
    SET_FIGURES,
    QUICK_REPORT,
    RAISE_ALERT,
    REPORT_REQUEST,
    EXCUSE_REPORT,
    MOVE_DEADLINE,
    *UNIT_CHANGES,
    *BY_LINE.values(),
    *PLAN_TASKS,
    *OWN_PLANS,
    *RECRUITMENT,
    SURVEY,
    *SUMMARY,
    *TARGETS,
)


def assemble() -> None:
    """Make known what each area brings along; again does nothing."""
    register_forms(FORMS)
    add_filters(quoted=quoted, affected=affected_of)
    handovers.HANDOVERS[:] = [handovers.SITES, VISITS, CASES, TASKS]
    programmes.PROGRESS[:] = [targets.progress_of]
    alerts.FOLLOWERS[:] = [telling.tell_of_alert]
    dissolutions.FOLLOWERS[:] = [
        visit_moves.follow_units,
        unit_moves.follow_units,
        linking.follow_units,
    ]


def use_results(kinds: Iterable[ResultKind]) -> None:
    """The kinds of results that reports state and summaries count, for the whole program."""
    result_kinds = tuple(kinds)
    IN_USE.replace(result_kinds)
    figures.use_results(result_kinds)


def make_work(
    store: Store, settings: Settings, vault: Vault, plans: tuple[Programme, ...] = ()
) -> Work:
    """What services work with, in a program whose areas know each other."""
    assemble()
    levels.IN_USE.call(settings.organisation.name, settings.programmes.names)
    use_results(result_file.load(settings.visits.results))
    emulation.IN_USE.measures = emulation_file.load(settings.summaries.emulation)
    return Work(store, settings, settings.make_calendar(), vault, plans)
