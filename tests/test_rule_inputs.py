"""What a rule may be given, the program gives it: an input that is always left at its default is
dead weight, and so are the rule and the words that hang on it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest

from tests.test_architecture import CODE, inside, layer_of, name_of, tree_of

pytestmark = pytest.mark.xdist_group("code")
TEST_ONLY = ("bot.demo", "bot.sandbox")
# Reads files of the operator's by its annotations: pydantic fills every field.
READERS = ("bot.config.settings", "bot.programmes")


# Made when they are asked for: else every process that collects tests parses the whole program.
@cache
def trees() -> dict[str, ast.Module]:
    """Module -> its code."""
    return {name_of(path): tree_of(path) for path in CODE}


@pytest.fixture(scope="module", autouse=True)
def _forgotten_afterwards() -> Iterator[None]:
    """They are large, and nobody else needs them."""
    yield
    trees.cache_clear()
    tree_of.cache_clear()


@dataclass
class Callee:
    """A dataclass or a public function of the rules, with the inputs that may be left out."""

    inputs: list[str]
    """All, in the order in which they may be given without a name."""
    defaults: dict[str, str]
    filled: set[str] = field(default_factory=set)


def _is_value(node: ast.ClassDef) -> bool:
    """A frozen dataclass; one that changes is work in progress and begins empty."""
    return any("frozen=True" in ast.unparse(decorator) for decorator in node.decorator_list)


def _of_class(node: ast.ClassDef) -> Callee:
    fields = [
        f for f in node.body if isinstance(f, ast.AnnAssign) and isinstance(f.target, ast.Name)
    ]
    defaults = {ast.unparse(f.target): ast.unparse(f.value) for f in fields if f.value}
    return Callee([ast.unparse(f.target) for f in fields], defaults)


def _of_function(node: ast.FunctionDef) -> Callee:
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    last = zip(reversed(names), reversed(node.args.defaults), strict=False)
    defaults = {name: ast.unparse(value) for name, value in last}
    for argument, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        if value is not None:
            defaults[argument.arg] = ast.unparse(value)
    return Callee(names, defaults)


def _callees() -> dict[str, Callee]:
    """Full name -> what it may be given, of all rules."""
    callees = {}
    for module, tree in trees().items():
        for node in tree.body if layer_of(module) == "rules" else ():
            if isinstance(node, ast.ClassDef) and _is_value(node):
                callees[f"{module}.{node.name}"] = _of_class(node)
            elif isinstance(node, ast.FunctionDef):
                callees[f"{module}.{node.name}"] = _of_function(node)
    return callees


def _names_in(module: str) -> dict[str, str]:
    """Local name -> full name, of what a module defines and imports at its top."""
    names = {}
    for node in trees()[module].body:
        if isinstance(node, ast.ImportFrom):
            names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            names |= {a.asname: a.name for a in node.names if a.asname}
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            names[node.name] = f"{module}.{node.name}"
    return names


@cache
def names_of() -> dict[str, dict[str, str]]:
    """Module -> local name -> full name."""
    return {module: _names_in(module) for module in trees()}


def _resolved(module: str, expression: ast.expr) -> str:
    """The full name of what is called; through modules that hand on what others define."""
    head, _, rest = ast.unparse(expression).partition(".")
    full = ".".join(filter(None, (names_of()[module].get(head, ""), rest)))
    while (parts := full.rpartition(".")) and (
        further := names_of().get(parts[0], {}).get(parts[2])
    ):
        if further == full:
            break
        full = further
    return full


def _given(call: ast.Call, callee: Callee) -> Iterator[tuple[str, str]]:
    """What a call gives: input and value, a starred value to all that follow."""
    for name, value in zip(callee.inputs, call.args, strict=False):
        if isinstance(value, ast.Starred):
            yield from ((later, "*") for later in callee.inputs)
            break
        yield name, ast.unparse(value)
    for keyword in call.keywords:
        if keyword.arg is None:
            yield from ((name, "**") for name in (*callee.inputs, *callee.defaults))
        else:
            yield keyword.arg, ast.unparse(keyword.value)


def _filled(callees: dict[str, Callee]) -> None:
    """Note of each callee which inputs the program gives anything but their default."""
    for module, tree in trees().items():
        if inside(module, *TEST_ONLY):
            continue
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if callee := callees.get(_resolved(module, call.func)):
                callee.filled |= {
                    name
                    for name, value in _given(call, callee)
                    if value != callee.defaults.get(name) or not _is_literal(value)
                }


def _is_literal(expression: str) -> bool:
    """The same wherever it stands; a name may mean something else."""
    return not any(isinstance(node, ast.Name) for node in ast.walk(ast.parse(expression)))


def _replaced() -> set[str]:
    """Fields set on a copy, `replace(facts, field=...)`, wherever that is."""
    return {
        keyword.arg
        for tree in trees().values()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"replace", "dataclasses.replace"}
        for keyword in call.keywords
        if keyword.arg
    }


def _annotated(module: str, tree: ast.AST) -> set[str]:
    """The full names of all that annotations in the tree speak of."""
    return {
        _resolved(module, name)
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign)
        for name in ast.walk(node.annotation)
        if isinstance(name, ast.Name | ast.Attribute)
    }


def _configured(callees: dict[str, Callee]) -> set[str]:
    """Dataclasses that the operator's files are read into, and those within them."""
    reached: set[str] = set()
    further = set().union(*(_annotated(module, trees()[module]) for module in READERS))
    while further := (further & callees.keys()) - reached:
        reached |= further
        further = set().union(*(_annotated(n.rpartition(".")[0], _class(n)) for n in further))
    return reached


def _class(name: str) -> ast.AST:
    module, _, own = name.rpartition(".")
    return next(n for n in trees()[module].body if isinstance(n, ast.ClassDef) and n.name == own)


def test_every_input_that_a_rule_may_be_given_is_given_by_the_program() -> None:
    callees = _callees()
    _filled(callees)
    replaced, configured = _replaced(), _configured(callees)
    dead = {
        f"{name}: {given}"
        for name, callee in callees.items()
        if name not in configured
        for given in callee.defaults.keys() - callee.filled - replaced
    }
    assert len(callees) > 100
    assert len(configured) > 3
    assert dead == set()


def _used(names: set[str]) -> set[str]:
    """Of these functions those that the program calls or hands on, outside of themselves."""
    return {
        full
        for module, tree in trees().items()
        if not inside(module, *TEST_ONLY)
        for top in tree.body
        for node in ast.walk(top)
        if isinstance(node, ast.Name | ast.Attribute)
        and (full := _resolved(module, node)) in names
        and full != f"{module}.{getattr(top, 'name', '')}"
    }


def test_every_rule_is_asked_by_the_program() -> None:
    functions = {name for name in _callees() if name.rpartition(".")[2].islower()}
    public = {name for name in functions if not name.rpartition(".")[2].startswith("_")}
    assert len(public) > 50
    assert public - _used(public) == set()
