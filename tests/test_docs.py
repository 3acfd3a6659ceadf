"""What the documents name is there: files, folders, links, commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.commands import app

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("[A-Z]*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
CODE = sorted(path for top in ("bot", "storage", "tests") for path in (ROOT / top).rglob("*.py"))
NAMED = re.compile(r"(?<![\w./-])(?:bot|storage|tests|docs)/[\w./*-]*[\w*]")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
COMMAND = re.compile(r"(?:^|[`/])satcoso ((?:export )?[a-z][a-z-]+)", re.MULTILINE)


def named_in(path: Path) -> Iterator[tuple[int, str]]:
    """(line, path) of everything of the repository that a text names."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        for name in NAMED.findall(line):
            yield number, name


def is_there(name: str) -> bool:
    """A path, or a pattern that fits something; a decision also by its number alone."""
    pattern = f"{name}-*" if re.fullmatch(r"docs/decisions/\d{4}", name) else name
    return any(ROOT.glob(pattern))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    assert [(line, name) for line, name in named_in(document) if not is_there(name)] == []


def test_every_path_that_the_code_names_exists() -> None:
    missing = [
        (str(p), line, name) for p in CODE for line, name in named_in(p) if not is_there(name)
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_command_that_a_document_names_is_one() -> None:
    commands: set[str] = set()
    for name, command in app.commands.items():
        below = getattr(command, "commands", {})
        commands |= {f"{name} {inner}" for inner in below} | {name}
    named = {name for path in DOCUMENTS for name in COMMAND.findall(path.read_text("utf-8"))}
    assert {"run", "export units"} <= named
    assert named - commands == set()


def test_the_map_names_every_folder_of_the_program() -> None:
    chart = (ROOT / "README.md").read_text("utf-8")
    folders = {path.name for path in (ROOT / "bot").iterdir() if (path / "__init__.py").is_file()}
    assert {name for name in folders if f"bot/{name}/" not in chart} == set()


def test_the_table_of_where_to_begin_names_files_that_are_there() -> None:
    table = (ROOT / "README.md").read_text("utf-8").partition("Where to begin")[2]
    area, missing, files = "", [], 0
    for line in table.splitlines():
        if line.startswith("**"):
            heading = re.search(r"\(`(bot/\w+/)`\)", line)
            area = heading[1] if heading else ""
        for name in re.findall(r"`([\w./*-]+\.\w+)`", line) if line.startswith("|") else []:
            files += 1
            path = name if is_there(name) else area + name
            if not is_there(path):
                missing.append(path)
    assert files > 50
    assert missing == []


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))


ROW = re.compile(r"\| (\d+) \| ([^|]+) \| ([^|]+) \| (carried|partly|not) \| ([^|]+) \|")


def test_the_table_of_the_plans_is_whole_and_consistent() -> None:
    """128 obligations, each once; what carries a row is named and there, else a sentence says why
    not; the totals above the table are those of its rows."""
    text = (ROOT / "docs" / "plans.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ") and line[2].isdigit()]
    rows = [match.groups() for line in lines if (match := ROW.fullmatch(line))]
    assert len(rows) == len(lines), "a row has five cells and one of the three states"
    assert [int(row[0]) for row in rows] == list(range(1, 129))
    for number, _, _, state, words in rows:
        modules = re.findall(r"`((?:bot|storage)/[\w./-]+\.py)`", words)
        assert [m for m in modules if not (ROOT / m).is_file()] == [], number
        if state == "carried":
            assert modules, f"{number}: what carries it?"
        else:
            assert re.search(r"\w\.(?: `|$)", words), f"{number}: a sentence says what is missing"
    totals = re.search(r"Today: (\d+) carried, (\d+) partly, (\d+) not\.", text)
    assert totals
    states = [row[3] for row in rows]
    assert [int(n) for n in totals.groups()] == [
        states.count(state) for state in ("carried", "partly", "not")
    ]
