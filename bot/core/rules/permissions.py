"""Who may do what within which scope: one table, asked by every service at every use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from storage.addresses import NOBODY, Address


class Action(StrEnum):
    SEE_OWN_WEEK = "see_own_week"  # one's own visits on the home card
    GO_TO_SITES = "go_to_sites"  # the sites of the scope are shared out among those who may
    SEE_OVERVIEW = "see_overview"
    SEE_VISIT = "see_visit"
    WORK_VISIT = "work_visit"  # confirm, set the day, ask for a swap, excuse oneself, report
    REPORT_UNPLANNED = "report_unplanned"
    TICK_PROMISE = "tick_promise"  # what was agreed at a site: done, not done, later
    DECIDE_FIGURES = "decide_figures"  # headcounts and ratings that reports suggest; or one's own
    DECIDE_COMMENDATION = "decide_commendation"  # what reports propose to commend; and release it
    READ_PRACTICES = "read_practices"  # good practices that a leader released, of any unit
    DIRECT_VISIT = "direct_visit"  # give an officer a visit on top
    REASSIGN_VISIT = "reassign_visit"  # also the decision on a swap
    EXCUSE_VISIT = "excuse_visit"
    REMIND_OFFICERS = "remind_officers"  # of visits that a report is waited for
    REMARK_ON_REPORT = "remark_on_report"  # ask its officer, or thank
    ANNOUNCE = "announce"  # write to officers, leaders, BCH CĐCS of a unit and all below it
    LINK_GROUP = "link_group"  # a Telegram group that hears of the unit's week and alerts
    RECEIVE_DIGEST = "receive_digest"  # the week in short, on Friday
    TAKE_LEAVE = "take_leave"
    HEAR_OF_LEAVE = "hear_of_leave"  # of those below, by message
    LEAD_CASES = "lead_cases"  # what the unit and those below it have; who is told and asked first
    TAKE_CASES = "take_cases"  # the queue of one's own unit
    WATCH_CASES = "watch_cases"  # of a cluster's units: read them, leave a note, decide nothing
    SEE_ALERTS = "see_alerts"  # and be told of them at once
    RAISE_ALERT = "raise_alert"  # say that a stoppage is coming, and report on what one raised
    JUDGE_ALERT = "judge_alert"  # say that it was none
    SEE_FALSE_ALARMS = "see_false_alarms"  # the words that rang for nothing, to mend the lists by
    SEE_SITE = "see_site"
    READ_SITE = "read_site"  # its page: every visit with its report, promises, cases, figures
    SEE_OWN_SITES = "see_own_sites"  # who looks after them, when they come and came
    ASK_FOR_SITE = "ask_for_site"  # a visit, help, a concern of its workers; as a cadre
    VOUCH_FOR_VISIT = "vouch_for_visit"  # that it took place; and be asked to
    COUNT_SITE = "count_site"  # its workers and members
    SET_MEETINGS = "set_meetings"  # when the site's committee meets
    HANG_POSTERS = "hang_posters"  # a command of their own for them; SEE_SITE is enough to print
    SEE_RECRUITMENT = "see_recruitment"  # enterprises on their way to a union
    WORK_RECRUITMENT = "work_recruitment"  # begin, note steps and surveys; where one is in charge
    LEAD_RECRUITMENT = "lead_recruitment"  # who is in charge; that a union is founded
    MEND_RECRUITMENT = "mend_recruitment"  # steps of others, and a founding that was noted wrongly
    IMPORT_UNITS = "import_units"
    CHANGE_UNITS = "change_units"  # move, merge, split, rename or dissolve; the subject is each
    INVITE = "invite"
    SEE_PEOPLE = "see_people"
    EXPORT_VISITS = "export_visits"
    SEE_PROGRAMMES = "see_programmes"
    SEE_TASKS = "see_tasks"  # of the plans, at a unit: who does what by when, and the results
    LEAD_TASKS = "lead_tasks"  # take one, give it to somebody, move its day
    WORK_TASK = "work_task"  # say how far it is and what came of it; be given one
    REGISTER_PLAN = "register_plan"  # the unit's own plan for carrying out a plan
    RAISE_DIFFICULTY = "raise_difficulty"  # tell the plan's department what stands in the way
    SEE_TARGETS = "see_targets"  # of the plans, at a unit: asked, reached, who lags
    SET_TARGETS = "set_targets"  # the subject is the unit above, for the province itself
    DECLARE_RESULT = "declare_result"  # what the own unit has reached of a target
    DECIDE_DECLARATION = "decide_declaration"  # the subject is the unit above the one that declared
    RATE_UNITS = "rate_units"  # of a year; the subject is the unit above the rated one
    PROPOSE_RATING = "propose_rating"  # of a CĐCS, before whoever decides
    SEE_SCORES = "see_scores"  # emulation (thi đua): the points of units and what they are from
    FOLLOW_OWN_OBLIGATIONS = "follow_own_obligations"  # what one's own unit has to send
    SEE_SUMMARY = "see_summary"
    WRITE_SUMMARY = "write_summary"  # sections, proposals, corrected numbers; for the own unit
    SEND_SUMMARY = "send_summary"
    SEE_BOARD = "see_board"  # who has sent; the subject is the unit that receives
    RECEIVE_SUMMARY = "receive_summary"  # accept, return, excuse, move the deadline
    REMIND_UNITS = "remind_units"  # of what they still owe; the subject is the unit that receives
    CHASE_REPORTS = "chase_reports"  # see and remind, where one's unit is the configured chaser
    DECIDE_FOR_RECEIVER = "decide_for_receiver"  # what a receiver decides, at the chaser
    FOLLOW_UNITS = "follow_units"  # see what a cluster's units owe and remind them of it
    ASK_REPORT = "ask_report"  # on the spot; the subject is the unit that will receive
    EDIT_LETTERHEAD = "edit_letterhead"
    USE_WEB = "use_web"  # the same in a browser, by a link of one's own
    HAND_OUT_WEB_LINK = "hand_out_web_link"  # to a colleague; the subject is each of their roles
    END_WEB_SESSIONS = "end_web_sessions"  # of a colleague
    HEAR_OF_UPKEEP = "hear_of_upkeep"  # what is wrong with the machine, by message


HANDLING_CASES = (Action.LEAD_CASES, Action.TAKE_CASES)
"""Whoever may do one of these handles cases: given one by hand, they have it as their own."""
SEEING_CASES = (*HANDLING_CASES, Action.WATCH_CASES)
SEEING_BOARDS = (Action.SEE_BOARD, Action.CHASE_REPORTS, Action.FOLLOW_UNITS)
LEADING_VISITS = Action.DIRECT_VISIT
"""Whoever may do this leads: their visits are a leader's, and their quota is one of its own."""
PERIODIC_REPORTS = (Action.FOLLOW_OWN_OBLIGATIONS, Action.SEE_SUMMARY, *SEEING_BOARDS)
"""Whoever may do one of these has something to look for under /baocaonam."""


class Reach(StrEnum):
    """How far a role carries an action. A cluster is watched over and not led: who holds it acts
    in no unit's name (plan `sat-co-so`: theo dõi, hướng dẫn, đôn đốc, kiểm tra, giám sát)."""

    OWN = "own"  # the subject is one's own
    UNIT = "unit"  # the subject lies in the very unit of the role, not below it; never a cluster's
    LED = "led"  # the subject lies in the units of the role; never a cluster's
    SCOPE = "scope"  # the subject lies in the units of the role, or of the cluster
    CLUSTER = "cluster"  # the subject lies in the units of a cluster


TABLE: Mapping[Action, Mapping[str, Reach]] = {
    Action.SEE_OWN_WEEK: {"officer": Reach.OWN, "supervisor": Reach.OWN},
    # Leaders go too (`sat-co-so`, IV.2.2): how often is the quota's to say.
    Action.GO_TO_SITES: {"officer": Reach.SCOPE, "supervisor": Reach.SCOPE},
    Action.SEE_OVERVIEW: {"supervisor": Reach.SCOPE, "administrator": Reach.SCOPE},
    Action.SEE_VISIT: {
        "officer": Reach.OWN,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
    },
    Action.WORK_VISIT: {"officer": Reach.OWN, "supervisor": Reach.OWN},
    Action.REPORT_UNPLANNED: {"officer": Reach.SCOPE, "supervisor": Reach.SCOPE},
    Action.TICK_PROMISE: {"officer": Reach.SCOPE, "supervisor": Reach.SCOPE},
    Action.DECIDE_FIGURES: {"supervisor": Reach.LED},
    Action.DECIDE_COMMENDATION: {"supervisor": Reach.LED},
    Action.READ_PRACTICES: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
        "representative": Reach.SCOPE,
    },
    Action.DIRECT_VISIT: {"supervisor": Reach.SCOPE},
    Action.REASSIGN_VISIT: {"supervisor": Reach.SCOPE},
    Action.EXCUSE_VISIT: {"supervisor": Reach.SCOPE},
    Action.REMIND_OFFICERS: {"supervisor": Reach.SCOPE},
    Action.REMARK_ON_REPORT: {"supervisor": Reach.SCOPE},
    Action.ANNOUNCE: {"supervisor": Reach.LED, "administrator": Reach.SCOPE},
    Action.LINK_GROUP: {"supervisor": Reach.LED, "administrator": Reach.SCOPE},
    Action.RECEIVE_DIGEST: {"supervisor": Reach.SCOPE},
    Action.TAKE_LEAVE: {"officer": Reach.OWN, "supervisor": Reach.OWN},
    Action.HEAR_OF_LEAVE: {"supervisor": Reach.SCOPE},
    Action.LEAD_CASES: {"supervisor": Reach.LED},
    Action.TAKE_CASES: {"officer": Reach.UNIT},
    Action.WATCH_CASES: {"supervisor": Reach.CLUSTER},
    Action.SEE_ALERTS: {"supervisor": Reach.SCOPE},
    Action.RAISE_ALERT: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "representative": Reach.SCOPE,
    },
    Action.JUDGE_ALERT: {"supervisor": Reach.LED},
    Action.SEE_FALSE_ALARMS: {"supervisor": Reach.SCOPE, "administrator": Reach.SCOPE},
    Action.SEE_SITE: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
        "representative": Reach.SCOPE,
    },
    # Before somebody goes there they read what colleagues found; a site's own committee does not.
    Action.READ_SITE: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
    },
    Action.SEE_OWN_SITES: {"representative": Reach.UNIT},
    Action.ASK_FOR_SITE: {"representative": Reach.UNIT},
    Action.VOUCH_FOR_VISIT: {"representative": Reach.UNIT},
    Action.COUNT_SITE: {"representative": Reach.UNIT},
    Action.SET_MEETINGS: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.LED,
        "representative": Reach.UNIT,
    },
    Action.HANG_POSTERS: {
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
        "representative": Reach.SCOPE,
    },
    Action.SEE_RECRUITMENT: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
    },
    # Plan `doan-vien`, II.4: the union above names who does it; it decides on the founding.
    Action.WORK_RECRUITMENT: {"officer": Reach.OWN, "supervisor": Reach.LED},
    Action.LEAD_RECRUITMENT: {"supervisor": Reach.LED},
    Action.MEND_RECRUITMENT: {"administrator": Reach.SCOPE},
    Action.IMPORT_UNITS: {"administrator": Reach.SCOPE},
    Action.CHANGE_UNITS: {"administrator": Reach.SCOPE},
    Action.INVITE: {"administrator": Reach.SCOPE},
    Action.SEE_PEOPLE: {"administrator": Reach.SCOPE, "supervisor": Reach.SCOPE},
    Action.EXPORT_VISITS: {"administrator": Reach.SCOPE, "supervisor": Reach.SCOPE},
    Action.SEE_PROGRAMMES: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
        "representative": Reach.SCOPE,
    },
    # A committee has tasks of its own (`sat-co-so`, IV.3; `nang-suat`, III.3).
    Action.SEE_TASKS: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
        "representative": Reach.UNIT,
    },
    Action.LEAD_TASKS: {"supervisor": Reach.LED, "representative": Reach.UNIT},
    Action.WORK_TASK: {
        "officer": Reach.OWN,
        "supervisor": Reach.OWN,
        "representative": Reach.OWN,
    },
    Action.REGISTER_PLAN: {
        "officer": Reach.UNIT,
        "supervisor": Reach.LED,
        "representative": Reach.UNIT,
    },
    Action.RAISE_DIFFICULTY: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "representative": Reach.UNIT,
    },
    Action.SEE_TARGETS: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
        "representative": Reach.UNIT,
    },
    Action.SET_TARGETS: {"supervisor": Reach.LED, "administrator": Reach.SCOPE},
    Action.DECLARE_RESULT: {"supervisor": Reach.UNIT, "representative": Reach.UNIT},
    Action.DECIDE_DECLARATION: {"supervisor": Reach.LED},
    Action.RATE_UNITS: {"supervisor": Reach.LED},
    Action.PROPOSE_RATING: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "representative": Reach.UNIT,
    },
    Action.SEE_SCORES: {"supervisor": Reach.SCOPE, "administrator": Reach.SCOPE},
    # A committee's: of a CĐCS directly under the province (`ctr-1306`, IV.2: các cấp công đoàn).
    Action.FOLLOW_OWN_OBLIGATIONS: {
        "officer": Reach.UNIT,
        "supervisor": Reach.UNIT,
        "representative": Reach.UNIT,
    },
    Action.SEE_SUMMARY: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.SCOPE,
        "administrator": Reach.SCOPE,
    },
    Action.WRITE_SUMMARY: {
        "officer": Reach.SCOPE,
        "supervisor": Reach.LED,
        "representative": Reach.UNIT,
    },
    Action.SEND_SUMMARY: {"supervisor": Reach.LED, "representative": Reach.UNIT},
    Action.SEE_BOARD: {
        "supervisor": Reach.LED,
        "administrator": Reach.SCOPE,
        "officer": Reach.SCOPE,
    },
    Action.RECEIVE_SUMMARY: {"supervisor": Reach.LED},
    Action.REMIND_UNITS: {"supervisor": Reach.LED, "officer": Reach.UNIT},
    Action.CHASE_REPORTS: {"supervisor": Reach.UNIT, "officer": Reach.UNIT},
    Action.DECIDE_FOR_RECEIVER: {"supervisor": Reach.UNIT},
    Action.FOLLOW_UNITS: {"supervisor": Reach.CLUSTER},
    Action.ASK_REPORT: {"supervisor": Reach.LED, "administrator": Reach.SCOPE},
    Action.EDIT_LETTERHEAD: {"supervisor": Reach.LED, "administrator": Reach.SCOPE},
    Action.USE_WEB: {
        "officer": Reach.OWN,
        "supervisor": Reach.OWN,
        "administrator": Reach.OWN,
        "representative": Reach.OWN,
    },
    Action.HAND_OUT_WEB_LINK: {"administrator": Reach.SCOPE},
    Action.END_WEB_SESSIONS: {"administrator": Reach.SCOPE, "supervisor": Reach.LED},
    Action.HEAR_OF_UPKEEP: {"administrator": Reach.SCOPE},
}


def every_role() -> tuple[str, ...]:
    """The roles of the table, in the order in which it first names them."""
    return tuple(dict.fromkeys(role for allowed in TABLE.values() for role in allowed))


def roles_for(*actions: Action) -> frozenset[str]:
    """The roles that the table allows one of these actions at least, whatever the reach."""
    return frozenset(role for action in actions for role in TABLE[action])


def only_leads(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles goes to sites as a leader alone, not as an officer."""
    going = roles_for(Action.GO_TO_SITES).intersection(roles)
    return bool(going) and going <= roles_for(LEADING_VISITS)


def given_visits() -> frozenset[str]:
    """Roles to which leaders give visits; a leader takes one by going, or by the weekly quota."""
    return roles_for(Action.GO_TO_SITES) - roles_for(LEADING_VISITS)


@dataclass(frozen=True)
class Grant:
    """One role of a person and the paths of the units it covers, everything below included.

    `cluster`: these are the units of clusters, which the role watches over.
    """

    role: str
    paths: tuple[str, ...]
    cluster: bool = False

    def carries(self, action: Action) -> bool:
        """Whether the table allows it on anything at all."""
        reach = TABLE[action].get(self.role)
        if self.cluster:
            return reach in (Reach.OWN, Reach.SCOPE, Reach.CLUSTER)
        return reach is not None and reach is not Reach.CLUSTER

    def covers(self, path: str) -> bool:
        return any(path.startswith(own) for own in self.paths)


@dataclass(frozen=True)
class Actor:
    """Who asks. A stranger has no grants and `person_id` 0, which nobody has.

    `address` is where they are now. `look` is its keyed hash: what somebody does who may stay
    anonymous is kept under it and never under the person. `address` and `shown_name`, the name that
    the channel shows, are in memory only.
    """

    person_id: int = 0
    name: str = ""
    grants: tuple[Grant, ...] = ()
    address: Address = NOBODY
    look: str = ""
    shown_name: str = ""

    @property
    def is_stranger(self) -> bool:
        return not self.person_id

    @property
    def owner(self) -> str:
        """Whose forms these are, as the database names it."""
        return person_owner(self.person_id)

    @property
    def private_owner(self) -> str:
        """The same for forms that must not lead to the person."""
        return f"r:{self.look}"

    @property
    def owners(self) -> tuple[str, ...]:
        own = (self.private_owner,) if self.look else ()
        return own if self.is_stranger else (self.owner, *own)

    def paths_for(self, *actions: Action) -> tuple[str, ...]:
        """The units of the roles that the table allows one of these actions at least."""
        carrying = (g for g in self.grants if any(g.carries(action) for action in actions))
        return tuple(path for grant in carrying for path in grant.paths)

    def may_any(self, *actions: Action) -> bool:
        """Whether the table allows one of these on anything at all."""
        return any(self.may(action) for action in actions)

    def may(self, action: Action, subject: "Subject | None" = None) -> bool:
        """Whether the table allows it on `subject`; without one: on anything at all."""
        return any(
            grant.carries(action)
            and (subject is None or self._reaches(TABLE[action][grant.role], grant, subject))
            for grant in self.grants
        )

    def _reaches(self, reach: Reach, grant: Grant, subject: "Subject") -> bool:
        if reach is Reach.OWN:
            return subject.owner_id == self.person_id
        if reach is Reach.UNIT:
            return subject.path in grant.paths
        return bool(subject.path) and grant.covers(subject.path)


def person_owner(person_id: int) -> str:
    """A person as the owner of a form."""
    return f"p:{person_id}"


@dataclass(frozen=True)
class Subject:
    """What the action is done to: the path of its unit, and whose it is."""

    path: str = ""
    owner_id: int | None = None
