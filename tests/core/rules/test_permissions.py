"""Who may do what: every role times every action, near and far."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rules.permissions import TABLE, Action, Actor, Grant, Reach, Subject, roles_for
from storage.enums import Role
from tests.test_architecture import CODE, ROOT, inside, name_of

# The same table once more, so that a change of it is never by accident.
#                     administrator  supervisor  officer  representative
WANTED = {
    "see_own_week":     "-             own         own      -",
    "go_to_sites":      "-             scope       scope    -",
    "see_overview":     "scope         scope       -        -",
    "see_visit":        "scope         scope       own      -",
    "work_visit":       "-             own         own      -",
    "report_unplanned": "-             scope       scope    -",
    "tick_promise":     "-             scope       scope    -",
    "decide_figures":   "-             led         -        -",
    "decide_commendation": "-          led         -        -",
    "read_practices":   "scope         scope       scope    scope",
    "direct_visit":     "-             scope       -        -",
    "reassign_visit":   "-             scope       -        -",
    "excuse_visit":     "-             scope       -        -",
    "remind_officers":  "-             scope       -        -",
    "remark_on_report": "-             scope       -        -",
    "announce":         "scope         led         -        -",
    "link_group":       "scope         led         -        -",
    "receive_digest":   "-             scope       -        -",
    "take_leave":       "-             own         own      -",
    "hear_of_leave":    "-             scope       -        -",
    "lead_cases":       "-             led         -        -",
    "take_cases":       "-             -           unit     -",
    "watch_cases":      "-             cluster     -        -",
    "see_alerts":       "-             scope       -        -",
    "raise_alert":      "-             scope       scope    scope",
    "judge_alert":      "-             led         -        -",
    "see_false_alarms": "scope         scope       -        -",
    "see_site":         "scope         scope       scope    scope",
    "read_site":        "scope         scope       scope    -",
    "see_own_sites":    "-             -           -        unit",
    "ask_for_site":     "-             -           -        unit",
    "vouch_for_visit":  "-             -           -        unit",
    "count_site":       "-             -           -        unit",
    "set_meetings":     "-             led         scope    unit",
    "hang_posters":     "scope         scope       -        scope",
    "see_recruitment":  "scope         scope       scope    -",
    "work_recruitment": "-             led         own      -",
    "lead_recruitment": "-             led         -        -",
    "mend_recruitment": "scope         -           -        -",
    "import_units":     "scope         -           -        -",
    "change_units":     "scope         -           -        -",
    "invite":           "scope         -           -        -",
    "see_people":       "scope         scope       -        -",
    "export_visits":    "scope         scope       -        -",
    "see_programmes":   "scope         scope       scope    scope",
    "see_tasks":        "scope         scope       scope    unit",
    "lead_tasks":       "-             led         -        unit",
    "see_targets":      "scope         scope       scope    unit",
    "set_targets":      "scope         led         -        -",
    "declare_result":   "-             unit        -        unit",
    "decide_declaration": "-          led         -        -",
    "rate_units":       "-             led         -        -",
    "propose_rating":   "-             scope       scope    unit",
    "see_scores":       "scope         scope       -        -",
    "work_task":        "-             own         own      own",
    "register_plan":    "-             led         unit     unit",
    "raise_difficulty": "-             scope       scope    unit",
    "follow_own_obligations": "-       unit        unit     unit",
    "see_summary":      "scope         scope       scope    -",
    "write_summary":    "-             led         scope    unit",
    "send_summary":     "-             led         -        unit",
    "see_board":        "scope         led         scope    -",
    "receive_summary":  "-             led         -        -",
    "remind_units":     "-             led         unit     -",
    "chase_reports":    "-             unit        unit     -",
    "decide_for_receiver": "-          unit        -        -",
    "follow_units":     "-             cluster     -        -",
    "ask_report":       "scope         led         -        -",
    "edit_letterhead":  "scope         led         -        -",
    "use_web":          "own           own         own      own",
    "hand_out_web_link": "scope        -           -        -",
    "end_web_sessions": "scope         led         -        -",
    "hear_of_upkeep":   "scope         -           -        -",
}  # fmt: skip
ROLES = ("administrator", "supervisor", "officer", "representative")

CARRYING = {False: ("own", "unit", "led", "scope"), True: ("own", "scope", "cluster")}
"""Which reaches a role has over a unit of the tree, and which over a cluster's units."""

ME, OTHER = 7, 8
HERE, BELOW, BESIDE, ABOVE = "/1/2/", "/1/2/31/", "/1/21/", "/1/"
SUBJECTS = [
    Subject(path, owner)
    for path, owner in product([HERE, BELOW, BESIDE, ABOVE, ""], [ME, OTHER, None])
]


def wanted(role: str, action: str) -> str:
    return dict(zip(ROLES, WANTED[action].split(), strict=True))[role]


def holder(role: str, *, cluster: bool = False) -> Actor:
    return Actor(ME, "", (Grant(role, (HERE,), cluster),))


def reached(reach: str, subject: Subject) -> bool:
    if reach == "own":
        return subject.owner_id == ME
    if reach == "unit":
        return subject.path == HERE
    return reach in ("led", "scope", "cluster") and subject.path in (HERE, BELOW)


def test_every_role_and_every_action_is_spoken_of() -> None:
    assert set(ROLES) == set(Role)
    assert set(TABLE) == set(Action)
    assert set(WANTED) == set(Action), "say above, too, who may do it"
    assert {role for allowed in TABLE.values() for role in allowed} <= set(Role)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_the_table_says_and_no_further(role: str, action: Action) -> None:
    reach = wanted(role, action)
    for cluster, carrying in CARRYING.items():
        actor, carried = holder(role, cluster=cluster), reach in carrying
        assert actor.may(action) == carried
        assert bool(actor.paths_for(action)) == carried
        for subject in SUBJECTS:
            assert actor.may(action, subject) == (carried and reached(reach, subject)), subject


@pytest.mark.parametrize("action", Action)
def test_a_stranger_may_nothing_of_it(action: Action) -> None:
    assert not Actor().may(action)
    for subject in (*SUBJECTS, Subject(), Subject(owner_id=0)):
        assert not Actor().may(action, subject)


@pytest.mark.parametrize("action", Action)
def test_a_role_over_nothing_reaches_nothing(action: Action) -> None:
    for role in ROLES:
        actor = Actor(ME, "", (Grant(role, ()),))
        for subject in SUBJECTS:
            if TABLE[action].get(role) is not Reach.OWN:
                assert not actor.may(action, subject)


def test_roles_add_up_but_do_not_lend_each_other_their_reach() -> None:
    both = Actor(ME, "", (Grant("officer", ("/1/2/",)), Grant("supervisor", ("/1/3/",))))
    there, here = Subject("/1/3/9/", OTHER), Subject("/1/2/9/", OTHER)
    assert both.may(Action.SEE_VISIT, there)
    assert not both.may(Action.SEE_VISIT, here)  # an officer sees only their own
    assert both.may(Action.TAKE_CASES, Subject("/1/2/"))
    assert not both.may(Action.TAKE_CASES, Subject("/1/3/"))


def test_the_units_where_something_is_allowed_are_gathered() -> None:
    actor = Actor(ME, "", (Grant("officer", ("/1/2/",)), Grant("supervisor", ("/1/3/", "/1/4/"))))
    assert actor.paths_for(Action.SEE_OVERVIEW) == ("/1/3/", "/1/4/")
    assert actor.paths_for(Action.REPORT_UNPLANNED, Action.SEE_OVERVIEW) == (
        *("/1/2/", "/1/3/", "/1/4/"),
    )
    assert actor.paths_for(Action.INVITE) == ()
    assert actor.may_any(Action.INVITE, Action.SEE_OVERVIEW)
    assert not actor.may_any(Action.INVITE, Action.IMPORT_UNITS)


def test_the_roles_of_several_actions_are_put_together() -> None:
    assert roles_for(Action.TAKE_CASES) == {"officer"}
    assert roles_for(Action.TAKE_CASES, Action.RECEIVE_DIGEST) == {"officer", "supervisor"}


paths = st.lists(st.integers(1, 30), min_size=1, max_size=4).map(
    lambda ids: "/" + "".join(f"{number}/" for number in ids)
)


@given(paths, paths)
def test_a_grant_covers_a_unit_and_everything_below_it(own: str, other: str) -> None:
    ids, others = own.strip("/").split("/"), other.strip("/").split("/")
    assert Grant("officer", (own,)).covers(other) == (others[: len(ids)] == ids)


def test_whoever_has_no_row_is_a_stranger_and_owns_only_what_leads_to_nobody() -> None:
    assert Actor(look="x").is_stranger
    assert Actor(look="x").owners == ("r:x",)
    assert not Actor(ME, look="x").is_stranger
    assert Actor(ME, look="x").owners == (f"p:{ME}", "r:x")


# ---- Nobody is asked for their role ---------------------------------------------------------

NAMING = {
    "bot.core.rules.permissions",  # the table itself
    "bot.core.labels",  # what they are called
    "bot.people.services.invitation_places",  # at what kind of place a role is held
    "bot.cases.rules.cases",  # a supervisor's relation to a case, not the role
    "storage.enums",
}
OFFICER_IN_CHARGE = {
    "bot.units",  # a column of the list of units
    "bot.visits.forms.supervision",  # a question: whom?
    "storage.figure_lists",  # a column: who went
    "storage.overview_staff",  # a column: whose week
}


def _names_a_role(node: ast.AST, module: str) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and node.attr in {role.name for role in Role}:
        if ast.unparse(node.value) == "Role":
            yield ast.unparse(node)
    elif isinstance(node, ast.Constant) and node.value in set(Role):
        in_charge = node.value == Role.OFFICER and inside(module, *OFFICER_IN_CHARGE)
        yield from () if in_charge else (str(node.value),)


def test_a_role_is_named_only_in_the_table_and_where_it_is_described() -> None:
    """Elsewhere an action is asked for: `may`, `paths_for`, `roles_for`."""
    modules = {name_of(path): path for path in CODE}
    named = {
        f"{module}:{getattr(node, 'lineno', 0)} {words}"
        for module, path in modules.items()
        if module not in NAMING and not inside(module, "bot.sandbox", "bot.demo")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for words in _names_a_role(node, module)
    }
    assert named == set()


def test_no_template_asks_for_a_role_by_its_name() -> None:
    quoted = re.compile("|".join(rf"""["']{role}["']""" for role in Role))
    templates = sorted(Path(ROOT / "bot").rglob("templates/**/*.html"))
    assert templates
    assert [t.name for t in templates if quoted.search(t.read_text("utf-8"))] == []
