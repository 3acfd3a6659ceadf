"""What was sent can be printed for good: a paper survives JSON, whatever is in it."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.summaries.rules.figures import Numbers
from bot.summaries.rules.papers import Paper
from bot.summaries.services.contents import from_json, to_json


def anything(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Any value of a dataclass, its mappings being dicts."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{one.name: _field(hints[one.name]) for one in fields(kind)})


def _field(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Mapping:
        key, value = get_args(hint)
        return st.dictionaries(st.from_type(key), st.from_type(value), max_size=3)
    if hint is Numbers:
        return anything(Numbers)
    return st.from_type(hint) if hint != Numbers | None else st.none() | anything(Numbers)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a paper has many fields
@given(anything(Paper))
def test_a_paper_comes_back_from_json_as_it_was(paper: Paper) -> None:
    assert from_json(json.loads(json.dumps(to_json(paper)))) == paper
