"""Every form there is: the one place that knows the conversations of all areas."""

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
from bot.forms.reply import ADD, ADD_LOOSE, AGAIN
from bot.forms.report import REPORT, UNPLANNED
from bot.forms.report_request import REPORT_REQUEST
from bot.forms.summary import ALL as SUMMARY
from bot.forms.supervision import DIRECT, EXCUSE_FOR
from bot.forms.visit import EXCUSE, SWAP

ALL: tuple[Form, ...] = (
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
