"""A plan however long: nothing is cut, every page fits a message."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.channels.telegram.cards import MAX_TEXT
from bot.config.settings import Programmes
from bot.core.labels import topic_words
from bot.core.rules.programmes import Target, Task, Topic
from bot.programmes import cards, checks, load
from bot.programmes.facts import PlanFacts

(SHORT,) = load(Programmes(active=("viec-lam",), folder=Path("nowhere")))
LONG = replace(
    SHORT,
    **{
        key: key[0] * checks.LONGEST_TITLE
        for key in ("title", "issuer", "source", "responsible", "difficulties")
    },
    tasks=tuple(Task(f"t{n}.", "<" * checks.LONGEST_TEXT, f"Ban {n % 3}", "II") for n in range(30)),
    targets=tuple(
        Target(f"k{n}", f"g{n}. " + "đ" * 490, n, "người", "II", None, 2030) for n in range(30)
    ),
    topics=tuple(Topic(f"t{n}", "s", f"w{n}. " + "ừ" * 190) for n in range(30)),
)


def pages(make, facts):
    """Every page in turn, as its buttons lead on."""
    page, found = 0, []
    while True:
        card = make(facts, page)
        found.append(card)
        if not any("Tiếp" in button.label for row in card.rows for button in row):
            return found
        page += 1


@pytest.mark.parametrize(
    ("make", "marks"),
    [
        (
            cards.plan,
            [*(f"g{n}. " for n in range(30)), *(f"w{n}. " for n in range(30))],
        ),
        (cards.tasks, [f"t{n}.. " for n in range(30)]),
    ],
)
def test_a_long_plan_goes_over_pages_and_loses_nothing(make, marks):
    facts = PlanFacts(LONG, True, (), topic_words((LONG,)))
    found = pages(make, facts)
    assert len(found) > 3
    assert all(len(card.text.replace("&lt;", "<")) <= MAX_TEXT for card in found)
    assert not any(card.text.endswith("…") for card in found)
    everything = "".join(card.text for card in found)
    assert [everything.count(mark) for mark in marks] == [1] * len(marks)


def test_a_plan_without_tasks_and_targets_has_a_card_too():
    bare = replace(SHORT, tasks=(), targets=(), topics=(), reports=(), starts=date(2026, 1, 1))
    (card,) = pages(cards.plan, PlanFacts(bare, True, (), topic_words(())))
    assert "Chủ trì" in card.text
    assert "Nhiệm vụ" not in str(card.rows)
