"""Whoever renders a template hands it all that it asks for: a second caller may forget a fact."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from jinja2 import meta, nodes

from bot.core import rendering

ROOT = Path(__file__).parents[1] / "bot"
_environment = rendering._environment
_ALONE = re.compile(r"\s*\{%[^}]*%\}\s*")


@cache
def asked_for(template: str) -> set[str]:
    """The facts that a template cannot do without, those of what it includes too."""
    source, _, _ = _environment.loader.get_source(_environment, template)  # type: ignore[union-attr]
    tree = _environment.parse(source)
    names = meta.find_undeclared_variables(tree) - set(_environment.globals)
    included = [node.template for node in tree.find_all((nodes.Include, nodes.Extends))]
    of_its_own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    for name in included:
        if isinstance(name, nodes.Const):
            names = names | (asked_for(name.value) - of_its_own)
    tested = {node.node.name for node in tree.find_all(nodes.Test) if _may_be_missing(node)}
    return names - tested


def _may_be_missing(node: nodes.Test) -> bool:
    return node.name in {"defined", "undefined"} and isinstance(node.node, nodes.Name)


def calls() -> Iterator[tuple[str, str, frozenset[str]]]:
    """(place, template, the facts handed over) of every call that names all of them."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id != "render" or not isinstance(node.args[0], ast.Constant):
                continue
            facts = [keyword.arg for keyword in node.keywords]
            if None not in facts:
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield place, f"{node.args[0].value}.html", frozenset(filter(None, facts))


def test_a_template_is_handed_every_fact_that_it_asks_for() -> None:
    every = list(calls())
    lacking = {
        place: asked_for(template) - facts
        for place, template, facts in every
        if asked_for(template) - facts
    }
    assert lacking == {}
    assert len(every) > 200, "most cards name the facts that they hand over"


def test_what_follows_a_condition_at_the_end_of_a_line_is_a_line_of_its_own() -> None:
    """The newline after a closing tag is taken away: “năm 20273 chưa có số liệu” came of it."""
    joined = []
    for path in sorted(ROOT.glob("*/templates/**/*.html")):
        if path.parent == ROOT / "channels" / "templates" / "web":
            continue  # pages, where a newline means nothing
        lines = path.read_text("utf-8").split("\n")
        for line, after in pairwise(lines):
            ends = re.search(r"\S.*\{% end(?:if|for) %\}$", line)
            goes_on = not after.strip() or after.startswith("{%-") or _ALONE.fullmatch(after)
            if ends and not _ALONE.fullmatch(line) and not goes_on:
                joined.append(f"{path.name}: {line[-60:]}")
    assert joined == []
