"""What is done once however often it is tried has to be tried at different moments."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent


def test_no_test_calls_a_clock_again_and_again_at_one_frozen_moment() -> None:
    """At one moment the key of a message keeps it from being owed twice, whatever the service
    forgets; the schedule ticks at another moment each time.
    """
    loops = [
        (path, node)
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.For) and ast.unparse(node.target) == "_"
    ]
    frozen = [
        f"{path.relative_to(TESTS)}:{call.lineno}"
        for path, loop in loops
        for call in ast.walk(loop)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).rpartition(".")[2].startswith("ensure_")
    ]
    assert len(loops) > 10
    assert frozen == []
