"""What the areas bring along, put together: the one place that knows them all."""

from bot.forms.concern import CONCERN
from bot.forms.find_person import FIND_PERSON
from bot.forms.form import Form
from bot.forms.handling import BY_ACTION
from bot.forms.handling import FIND as FIND_CASE
from bot.forms.invite import INVITE
from bot.forms.leave import LEAVE
from bot.forms.letterhead import BY_LINE
from bot.forms.loose import LOOSE
from bot.forms.obligation import EXCUSE_REPORT, MOVE_DEADLINE
from bot.forms.own_details import NAME, PHONE
from bot.forms.quick_report import QUICK_REPORT
from bot.forms.registry import register as register_forms
from bot.forms.reply import ADD, ADD_LOOSE, AGAIN
from bot.forms.report import REPORT, UNPLANNED
from bot.forms.report_request import REPORT_REQUEST
from bot.forms.summary import ALL as SUMMARY
from bot.forms.supervision import DIRECT, EXCUSE_FOR
from bot.forms.visit import EXCUSE, SWAP
from bot.rules.programmes import Programme
from bot.services import case_moves, import_endings, visit_moves
from bot.services.work import Work
from bot.settings import Settings
from storage.store import Store
from storage.vault import Vault

FORMS: tuple[Form, ...] = (
    REPORT,
    UNPLANNED,
    SWAP,
    EXCUSE,
    LOOSE,
    LEAVE,
    INVITE,
    FIND_PERSON,
    NAME,
    PHONE,
    DIRECT,
    EXCUSE_FOR,
    FIND_CASE,
    *BY_ACTION.values(),
    CONCERN,
    ADD,
    ADD_LOOSE,
    AGAIN,
    QUICK_REPORT,
    REPORT_REQUEST,
    EXCUSE_REPORT,
    MOVE_DEADLINE,
    *BY_LINE.values(),
    *SUMMARY,
)


def assemble() -> None:
    """Make known what each area brings along; again does nothing."""
    register_forms(FORMS)
    import_endings.FOLLOWERS[:] = [visit_moves.follow_units, case_moves.follow_units]


def make_work(
    store: Store, settings: Settings, vault: Vault, plans: tuple[Programme, ...] = ()
) -> Work:
    """What services work with, in a program whose areas know each other."""
    assemble()
    return Work(store, settings, settings.make_calendar(), vault, plans)
