"""Imports run one way, the present comes from one place, and nothing lies about unused."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for top in ("bot", "storage")
    for path in (ROOT / top).rglob("*.py")
    if "versions" not in path.parts
)
TEMPLATES = ROOT / "bot" / "messages" / "templates"


def name_of(path: Path) -> str:
    """bot/rules/pools.py -> bot.rules.pools"""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    """Every module a file imports, `from a import b` both as a and as a.b."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


IMPORTS = {name_of(path): imports_of(path) for path in CODE}
OURS = {m: {i for i in found if inside(i, "bot", "storage")} for m, found in IMPORTS.items()}


def breaches(importer: str, *allowed: str) -> list[tuple[str, str]]:
    """What modules of a package import of ours beyond what is allowed."""
    return sorted(
        (module, imported)
        for module, found in OURS.items()
        if inside(module, importer)
        for imported in found
        if not inside(imported, *allowed) and imported not in {"bot", "storage"}
    )


@pytest.mark.parametrize(
    ("importer", "allowed"),
    [
        ("storage", ("storage",)),
        ("bot.rules", ("bot.rules",)),
        ("bot.errors", ()),
        ("bot.clock", ()),
        ("bot.sandbox", ("bot.sandbox",)),
        (
            "bot.messages",
            ("bot.messages", "bot.rules", "bot.facts", "bot.documents.columns", "storage.models"),
        ),
        (
            "bot.documents",
            ("bot.documents", "bot.rules", "bot.messages", "bot.facts", "bot.errors", "storage"),
        ),
        (
            "bot.services",
            (
                *("bot.services", "bot.rules", "bot.messages", "bot.documents", "storage"),
                *("bot.config", "bot.settings", "bot.errors", "bot.facts", "bot.keys"),
            ),
        ),
        (
            "bot.forms",
            (
                *("bot.forms", "bot.services", "bot.rules", "bot.messages", "storage"),
                *("bot.errors", "bot.facts"),
            ),
        ),
        (
            "bot.delivery",
            (
                *("bot.delivery", "bot.messages", "bot.rules.calendar"),
                *("bot.clock", "bot.errors", "bot.facts", "storage"),
            ),
        ),
    ],
)
def test_imports_run_one_way(importer: str, allowed: tuple[str, ...]) -> None:
    assert breaches(importer, *allowed) == []


def test_nothing_of_the_bot_knows_the_sandbox() -> None:
    others = {m: found for m, found in OURS.items() if not inside(m, "bot.sandbox", "bot.demo")}
    known = {m for m, found in others.items() if any(inside(i, "bot.sandbox") for i in found)}
    assert known <= {"bot.__main__"}, "they meet over HTTP; only the command line starts it"


def test_rules_need_nothing_but_the_standard_library() -> None:
    foreign = {
        (module, imported)
        for module, found in IMPORTS.items()
        if inside(module, "bot.rules")
        for imported in found
        if imported.split(".")[0] not in {*sys.stdlib_module_names, "bot"}
    }
    assert foreign == set()


def test_only_the_edge_knows_telegram() -> None:
    """The channel may be another one day: people out of Telegram's reach need a second door."""
    edge = ("bot.handlers", "bot.delivery", "bot.context", "bot.app")
    command_line = ("bot.running", "bot.operating")
    knowing = {
        module
        for module, found in IMPORTS.items()
        if any(inside(imported, "telegram") for imported in found)
        and not inside(module, *edge, *command_line)
    }
    assert knowing == set()


# ---- Answers -------------------------------------------------------------------------------

SAYS = re.compile(r"^(send|edit|reply|delete|copy|forward)_|^answer$")
MAY_SAY = {
    "bot.handlers.redraw": {"send_message"},  # what waited; whoever calls it keeps it on failure
    "bot.handlers.too_late": {"send_message"},  # said once, at the start; never raises
    "bot.handlers.forms": {"delete_message"},  # an outdated card; it may stay
    # Files by Telegram's id or in albums; a failure goes up and the button is handled again.
    "bot.handlers.case_files": {"send_photo", "send_voice", "send_document"},
    "bot.handlers.overview_files": {
        *("send_photo", "send_voice", "send_document", "send_media_group"),
    },
}


def said(path: Path) -> set[str]:
    """Methods of the Bot API that are called on a bot, a query, a message."""
    return {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and SAYS.match(node.func.attr)
        and ast.unparse(node.func.value).endswith(("bot", "query", "message", "chat", "card"))
    }


def test_handlers_answer_through_the_context_so_that_no_answer_is_lost() -> None:
    """Sent past it, a card is lost with the connection, or said to have failed when it did not."""
    found = {name_of(path): said(path) for path in CODE if inside(name_of(path), "bot.handlers")}
    assert {m: calls for m, calls in found.items() if calls} == MAY_SAY


# ---- The present ---------------------------------------------------------------------------

PRESENT = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
MAY_ASK = {
    "bot.clock": {"datetime.now"},
    "bot.app": {"datetime.now"},  # when the scheduler first ticks
    "bot.delivery.rate_limit": {"time.monotonic"},
    "bot.health": {"time.time"},  # compared with a file's, which is the system's
}


def asked(path: Path) -> Iterator[str]:
    """Calls that read the system's time."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
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
    templates = {path.relative_to(TEMPLATES).with_suffix("") for path in TEMPLATES.rglob("*.html")}
    shared = "\n".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    unused = {
        str(name)
        for name in templates
        if f'"{name}"' not in code and f"{name}.html" not in shared and not _composed(name, code)
    }
    assert unused == set()


def _composed(name: Path, code: str) -> bool:
    """Rendered as f"visit/remind_{kind}": the longest literal beginning has to be there."""
    beginnings = re.findall(r'f"([\w/]+)\{', code)
    return any(str(name).startswith(beginning) for beginning in beginnings if "/" in beginning)


def test_no_template_switches_escaping_off() -> None:
    for path in TEMPLATES.rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8")), path
    for path in CODE:
        if not inside(name_of(path), "bot.sandbox"):
            assert not re.search(r"(?<!Keyboard)Markup\(", path.read_text("utf-8")), path


PROGRAM = [path for path in CODE if "sandbox" not in path.parts]


def log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "log":
                yield node


@pytest.mark.parametrize("path", PROGRAM, ids=name_of)
def test_the_log_is_given_names_of_events_and_never_the_words_of_an_exception(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for call in log_calls(tree):
        assert isinstance(call.args[0], ast.Constant), (
            f"line {call.lineno}: a sentence put together"
        )
        assert len(call.args) == 1, f"line {call.lineno}"
    for handler in ast.walk(tree):
        if not isinstance(handler, ast.ExceptHandler) or handler.name is None:
            continue
        if ast.unparse(handler.type or handler) == "Unclean":
            continue  # its words are the program's own
        for call in log_calls(handler):
            for keyword in call.keywords:
                value = ast.unparse(keyword.value).replace(f"type({handler.name})", "")
                value = re.sub(r"isinstance\([^)]*\)", "", value)
                shown = re.search(rf"\b{handler.name}\b", value)
                assert keyword.arg == "exc_info" or not shown, f"line {call.lineno}: its words"


def test_only_watched_tasks_run_in_the_background() -> None:
    """A task that nobody watches dies in silence: `bot.background` is where they begin."""
    begins = {"create_task", "ensure_future", "TaskGroup"}
    careless = [
        name_of(path)
        for path in PROGRAM
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in begins
    ]
    assert set(careless) == {"bot.background"}
