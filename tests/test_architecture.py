"""Imports run one way, by area and by layer; the present comes from one place; nothing lies about
unused.
"""

import ast
import re
import sys
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path

import pytest

from storage import enums
from storage.models import metadata
from storage.types import EnumNumber, EnumText

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for top in ("bot", "storage")
    for path in (ROOT / top).rglob("*.py")
    if "versions" not in path.parts
)
TEMPLATES = sorted((ROOT / "bot").glob("*/templates/**/*.html"))

# From the ground up: an area imports itself and what stands before it, nothing behind.
AREAS = (
    *("config", "core", "documents", "conversation"),
    *("programmes", "units", "people", "announcements", "cases", "visits", "groups", "plans"),
    "recruitment",
    *("summaries", "home"),
    *("channels", "app", "cli", "demo"),
)
# Within an area, from the ground up: a layer imports itself and what stands before it.
LAYERS = ("rules", "facts", "cards", "papers", "services", "forms", "routes")

WORDS = "storage.enums"  # the closed lists of words that columns hold
PLAIN_VALUES = {WORDS, "storage.addresses"}  # what the storage keeps and a rule may hold


pytestmark = pytest.mark.xdist_group("code")  # one process reads it for all of these tests


@cache
def tree_of(path: Path) -> ast.Module:
    """What a file of the program says."""
    return ast.parse(path.read_text("utf-8"))


@pytest.fixture(scope="module", autouse=True)
def _forgotten_afterwards() -> Iterator[None]:
    """They are large, and nobody else needs them."""
    yield
    tree_of.cache_clear()


def name_of(path: Path) -> str:
    """bot/visits/rules/pools.py -> bot.visits.rules.pools"""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    """Every module a file imports, `from a import b` both as a and as a.b."""
    imported: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            imported |= {f"{node.module}.{alias.name}" for alias in node.names}
            imported.add(str(node.module))
    return imported


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


MODULES = {name_of(path) for path in CODE}


# What takes seconds is made when it is asked for: else it costs every process that collects tests.
@cache
def imports() -> dict[str, set[str]]:
    """Module -> what it imports."""
    return {name_of(path): imports_of(path) for path in CODE}


def ours(imported: set[str]) -> set[str]:
    """Our modules among them; a package that is only passed through is not counted."""
    modules = imported & MODULES
    return {m for m in modules if not any(other.rpartition(".")[0] == m for other in modules)}


@cache
def imports_of_ours() -> dict[str, set[str]]:
    """Module -> those of our modules that it imports."""
    return {module: ours(imported) for module, imported in imports().items()}


def arrows() -> list[tuple[str, str]]:
    """(importer, imported), both ours."""
    return sorted((a, b) for a, imported in imports_of_ours().items() for b in imported)


def area_of(module: str) -> str:
    """bot.visits.rules.pools -> visits; storage -> storage; bot.__main__ -> __main__"""
    first, _, rest = module.partition(".")
    return rest.split(".")[0] if first == "bot" else first


def layer_of(module: str) -> str:
    """bot.visits.rules.pools -> rules; bot.home.routes.start -> routes; bot.core.card -> ''"""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 and parts[2] in LAYERS else ""


def test_every_folder_of_the_bot_is_an_area_with_its_place_in_the_order() -> None:
    folders = {area_of(module) for module in MODULES if inside(module, "bot")} - {""}
    assert folders == {*AREAS, "sandbox", "__main__"}


def test_areas_import_only_areas_that_stand_before_them() -> None:
    """Settings are made of the rules' own values, so `config` may import rules, of any area."""
    place = {area: number for number, area in enumerate(AREAS)}
    wrong = [
        (importer, imported)
        for importer, imported in arrows()
        if area_of(importer) in place
        and area_of(imported) in place
        and place[area_of(imported)] > place[area_of(importer)]
        and not (area_of(importer) == "config" and layer_of(imported) == "rules")
        and (importer, imported) not in EXCEPTIONS
    ]
    assert wrong == []


EXCEPTIONS = {
    # What went wrong is told alike everywhere, also by whoever reads the settings.
    ("bot.config.loading", "bot.core.errors"),
    ("bot.config.keys", "bot.core.errors"),
    ("bot.config.toml_file", "bot.core.errors"),
    ("bot.cli.commands", "bot.demo.run"),  # `satcoso demo`
}


def test_layers_import_only_layers_that_stand_before_them() -> None:
    place = {layer: number for number, layer in enumerate(LAYERS)}
    wrong = [
        (importer, imported)
        for importer, imported in arrows()
        if layer_of(importer)
        and layer_of(imported)
        and place[layer_of(imported)] > place[layer_of(importer)]
    ]
    assert wrong == []


def test_modules_import_each_other_without_circles() -> None:
    waiting = {module: imports_of_ours()[module] - {module} for module in MODULES}
    while ready := {m for m, imported in waiting.items() if not imported & waiting.keys()}:
        waiting = {m: imported for m, imported in waiting.items() if m not in ready}
    assert waiting == {}


def test_no_two_classes_share_a_name() -> None:
    """One name, one thing: whoever reads a class's name knows which one is meant."""
    homes: dict[str, list[str]] = {}
    for path in CODE:
        if inside(name_of(path), "bot.sandbox"):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(f"{name_of(path)}:{node.lineno}")
    assert not {name: places for name, places in homes.items() if len(places) > 1}


# Words that fit anything: who reads one of them has to look for what it holds or does.
VAGUE = frozenset(
    {"found", "one", "told", "given", "kept", "taken", "gone"}
    | {"said", "asked", "shown", "known", "made", "seen"}
)


def names_given(tree: ast.AST) -> Iterator[str]:
    """The names that a file gives: to functions, classes, parameters, constants and variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.ExceptHandler | ast.alias):
            name = node.name if isinstance(node, ast.ExceptHandler) else node.asname
            yield name or ""


def test_names_of_functions_constants_and_variables_say_what_they_do_or_hold() -> None:
    vague = [
        f"{name_of(path)}: {name}"
        for path in CODE
        for name in names_given(tree_of(path))
        if name.strip("_").lower() in VAGUE
    ]
    assert vague == MEMBERS_NAMED_BY_THEIR_WORD


MEMBERS_NAMED_BY_THEIR_WORD = ["storage.enums: KEPT"]  # FiguresState.KEPT holds "kept"


def functions_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each function's name, as area.module.function, and its parameters without self."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            args = node.args
            more = filter(None, (args.vararg, args.kwarg))
            every = (*args.posonlyargs, *args.args, *args.kwonlyargs, *more)
            names = [arg.arg for arg in every if arg.arg not in ("self", "cls")]
            yield f"{name_of(path)}.{node.name}", names


def test_a_function_has_five_parameters_at_most_or_is_listed_with_the_reason() -> None:
    """What always goes together is one value: Context, CaseNotice, OpenForm. A new name in the
    list needs a reason that is not "they would not fit": a bag made to be counted as one is worse.
    """
    functions = [function for path in CODE for function in functions_of(path)]
    long = {name for name, parameters in functions if len(parameters) > 5}
    assert long == set(MORE_THAN_FIVE)
    assert len(long) * 100 < len(functions)


_FILTERS = "a query: each is a filter of its own, and callers leave most of them out"
_RULE = "a rule: the facts it decides by, each of another kind, named at the call"
_NOBODY = "acts for nobody, as for the clock: there is no Context"
_BASE = "the signature of python-telegram-bot's base class"
_BEGINNING = "what a draft begins with, each a column of it, named at the call"
_COLUMNS = "what a message is owed with, each a column of it"
_ANSWERS = "the answers of a form, and what the person saw when they gave them"
_PARTS = "the parts of one transaction, taken out of its frame; called in one place"
_DRAWING = "drawing: how the cells look, each with a default"
MORE_THAN_FIVE = {
    "bot.cases.rules.early_warning.signs": _RULE,
    "bot.cases.services.own_cases._happened": _PARTS,
    "bot.channels.telegram.patience.process_request": _BASE,
    "bot.channels.telegram.rate_limit.process_request": _BASE,
    "bot.conversation.engine._begin": _BEGINNING,
    "bot.conversation.engine.start": _BEGINNING,
    "bot.core.notices.notice": _COLUMNS,
    "bot.core.rules.slots.next_slot": _RULE,
    "bot.documents.layout.fill": _DRAWING,
    "bot.summaries.papers.template_builder._table": _DRAWING,
    "bot.summaries.services.corrections.correct": _ANSWERS,
    "bot.summaries.services.counting._add_progress": _NOBODY,
    "bot.summaries.services.counting.count": _NOBODY,
    "bot.summaries.services.counting.progress": _NOBODY,
    "bot.visits.rules.assignment.plan_week": _RULE,
    "bot.visits.services.reports._keep": _PARTS,
    "bot.visits.services.suggested_figures._decide": _PARTS,
    "bot.visits.services.visits._change": _PARTS,
    "storage.case_lists.in_order": _FILTERS,
    "storage.exporting.visits_after": _FILTERS,
    "storage.overview_lists.listed": _FILTERS,
}


def test_the_storage_knows_nothing_of_the_bot() -> None:
    assert [(a, b) for a, b in arrows() if inside(a, "storage") and inside(b, "bot")] == []


def test_plain_values_need_nothing_but_the_standard_library() -> None:
    for module in PLAIN_VALUES:
        assert {i.split(".")[0] for i in imports()[module]} <= sys.stdlib_module_names


def test_rules_need_nothing_but_rules_plain_values_and_the_standard_library() -> None:
    foreign = {
        (module, imported)
        for module, found in imports().items()
        if layer_of(module) == "rules"
        for imported in found
        if not inside(imported, *PLAIN_VALUES)
        if imported.split(".")[0] not in {*sys.stdlib_module_names, "bot"}
        or (imported in MODULES and layer_of(imported) != "rules")
    }
    assert foreign == set()


def test_the_words_that_columns_hold_are_listed_and_imported_from_one_place() -> None:
    """Else a list is written twice and its members are turned into each other in between."""
    tree = ast.parse((ROOT / "storage" / "enums.py").read_text("utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    names |= {
        ast.unparse(t) for node in tree.body if isinstance(node, ast.Assign) for t in node.targets
    }
    assert {"CaseStatus", "OPEN_CASES"} <= names
    elsewhere = {
        (module, imported)
        for module, found in imports().items()
        for imported in found
        if imported.rpartition(".")[2] in names
        and imported.split(".")[0] in {"bot", "storage"}
        and not inside(imported, WORDS)
    }
    assert elsewhere == set()
    again = {
        (path.name, node.name)
        for path in CODE
        if name_of(path) != WORDS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        and {ast.unparse(base) for base in node.bases} & {"StrEnum", "IntEnum"}
        and (inside(name_of(path), "storage") or node.name in names)
    }
    assert again == set()


def test_nobody_turns_what_a_column_holds_into_a_member() -> None:
    """It is read as one. What people typed at the command line is not."""
    member = re.compile(r"\b(" + "|".join(_enumerations()) + r")\(\w+(\.\w+)*\.(\w+)\)")
    turned = [
        (name_of(path), hit[0])
        for path in CODE
        if area_of(name_of(path)) != "cli"
        for hit in member.finditer(path.read_text("utf-8"))
        if hit[3] in _columns_of_words()
    ]
    assert turned == []


def _enumerations() -> list[str]:
    return [name for name, value in vars(enums).items() if isinstance(value, type(Enum))]


def _columns_of_words() -> set[str]:
    return {
        column.name
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, EnumText | EnumNumber)
    }


def test_who_acts_for_somebody_takes_one_context_and_not_its_parts() -> None:
    apart = [
        f"{name_of(path)}.{node.name}"
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and {"work", "actor", "now"}
        <= {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
    ]
    assert set(apart) == AT_THE_COMMAND_LINE


# Also called by the operator, who is nobody in the database.
AT_THE_COMMAND_LINE = {
    "bot.people.services.invitation_places.unit_place",
    "bot.people.services.invitations.create",
    "bot.units.services.importing.confirm",
    "bot.units.services.importing.preview",
}


def test_cards_and_papers_ask_no_database() -> None:
    """Rows that were loaded may be shown; who shows them loads nothing."""
    plain = ("storage.models", "storage.folding", *PLAIN_VALUES)
    asking = [
        (a, b)
        for a, b in arrows()
        if layer_of(a) in {"facts", "cards", "papers"}
        and inside(b, "storage")
        and not inside(b, *plain)
    ]
    assert asking == []


def test_nothing_of_the_bot_knows_the_sandbox() -> None:
    others = {
        m: found
        for m, found in imports_of_ours().items()
        if not inside(m, "bot.sandbox", "bot.demo")
    }
    known = {m for m, found in others.items() if any(inside(i, "bot.sandbox") for i in found)}
    assert known <= {"bot.cli.commands"}, "they meet over HTTP; only the command line starts it"


def test_the_sandbox_knows_nothing_of_the_bot() -> None:
    foreign = [(a, b) for a, b in arrows() if inside(a, "bot.sandbox")]
    assert [(a, b) for a, b in foreign if not inside(b, "bot.sandbox")] == []


def test_only_the_edge_knows_telegram() -> None:
    """The channel may be another one day: people out of Telegram's reach need a second door."""
    edge = ("bot.channels.telegram", "bot.app.wiring")
    knowing = {
        module
        for module, imported in imports().items()
        if any(inside(other, "telegram") for other in imported) and not inside(module, *edge)
    }
    assert knowing == set()


# ---- The present ---------------------------------------------------------------------------

PRESENT = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
MAY_ASK = {
    "bot.core.clock": {"datetime.now"},
    "bot.channels.telegram.rate_limit": {"time.monotonic"},
    "bot.cli.health": {"time.time"},  # compared with a file's, which is the system's
}


def asked(path: Path) -> Iterator[str]:
    """Calls that read the system's time."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            call = ast.unparse(node.func)
            if node.func.attr in PRESENT and re.search(r"\b(datetime|date|time)\.\w+$", call):
                yield call


def test_the_present_is_asked_of_the_clock_alone() -> None:
    """Otherwise neither the sandbox nor a test could move it."""
    outside = [path for path in CODE if not inside(name_of(path), "bot.sandbox", "bot.demo")]
    found = {name_of(path): set(asked(path)) for path in outside}
    extra = {m: calls - MAY_ASK.get(m, set()) for m, calls in found.items()}
    assert {m: calls for m, calls in extra.items() if calls} == {}


# ---- Unused and unsafe ---------------------------------------------------------------------


def test_every_template_is_rendered_by_somebody() -> None:
    """By its name, or by the folder where the rest of the name is put together."""
    code = "\n".join(path.read_text("utf-8") for path in CODE)
    names = {str(Path(*path.parts[-2:]).with_suffix("")) for path in TEMPLATES}
    shared = "\n".join(path.read_text("utf-8") for path in TEMPLATES)
    unused = {
        name
        for name in names
        if f'"{name}"' not in code and f"{name}.html" not in shared and not _composed(name, code)
    }
    assert names
    assert unused == set()


def test_templates_of_two_areas_have_no_name_in_common() -> None:
    names = [Path(*path.parts[-2:]) for path in TEMPLATES]
    assert sorted(set(names)) == sorted(names)


def _composed(name: str, code: str) -> bool:
    """Rendered as f"visit/remind_{kind}": the longest literal beginning has to be there."""
    beginnings = re.findall(r'f"([\w/]+)\{', code)
    return any(name.startswith(beginning) for beginning in beginnings if "/" in beginning)


def test_no_template_switches_escaping_off() -> None:
    for path in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8")), path
    for path in CODE:
        if not inside(name_of(path), "bot.sandbox", "bot.channels.web.markup"):  # it rebuilds tags
            assert not re.search(r"(?<!Keyboard)Markup\(", path.read_text("utf-8")), path


# ---- Logs and tasks ------------------------------------------------------------------------

PROGRAM = [path for path in CODE if "sandbox" not in path.relative_to(ROOT).parts]


def log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "log":
                yield node


def words_of_an_exception(handler: ast.ExceptHandler) -> Iterator[int]:
    """The lines where a handler tells the log what its exception says."""
    for call in log_calls(handler):
        for keyword in call.keywords:
            value = ast.unparse(keyword.value).replace(f"type({handler.name})", "")
            value = re.sub(r"isinstance\([^)]*\)", "", value)
            if keyword.arg != "exc_info" and re.search(rf"\b{handler.name}\b", value):
                yield call.lineno


def test_the_log_is_given_names_of_events_and_never_the_words_of_an_exception() -> None:
    wrong: list[str] = []
    for path in PROGRAM:
        tree, name = tree_of(path), name_of(path)
        for call in log_calls(tree):
            if len(call.args) != 1 or not isinstance(call.args[0], ast.Constant):
                wrong.append(f"{name}:{call.lineno}: a sentence put together")
        for handler in ast.walk(tree):
            if not isinstance(handler, ast.ExceptHandler) or handler.name is None:
                continue
            if ast.unparse(handler.type or handler) == "Unclean":
                continue  # its words are the program's own
            wrong += [f"{name}:{line}: its words" for line in words_of_an_exception(handler)]
    assert wrong == []


def test_only_watched_tasks_run_in_the_background() -> None:
    """A task that nobody watches dies in silence: `bot.app.background` is where they begin."""
    begins = {"create_task", "ensure_future", "TaskGroup"}
    careless = [
        name_of(path)
        for path in PROGRAM
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in begins
    ]
    assert set(careless) == {"bot.app.background"}


def test_names_are_put_in_the_vietnamese_order_and_in_no_other() -> None:
    """By `name_order`, people by `person_order`: a database knows neither ă from a nor a given
    name."""
    by_name = re.compile(
        r"order_by\((?:[^()]|\([^()]*\))*\b(?:Unit|Person|Cluster|Above)\.(?:folded|name)\b"
        r"|key=lambda[^\n]*\.folded\b"
    )
    assert [str(path) for path in CODE if by_name.search(path.read_text("utf-8"))] == []


def test_no_label_is_cut_without_a_sign_of_it() -> None:
    """By `on_button` or `brief`: a name that stops in mid-word reads as another name."""
    cut = re.compile(r"\{[^{}\n]*\[:\d+\]\}|(?:[\"')]|\bname)\[:\d+\]")
    shown = [path for path in CODE if layer_of(name_of(path)) in ("cards", "forms")]
    assert [str(path) for path in shown if cut.search(path.read_text("utf-8"))] == []
