"""A few hundred updates from people who do whatever comes to their minds; `make soak` runs many.

`SATCOSO_SOAK_ROUNDS` times fifty updates (1000: 50,000), `SATCOSO_SOAK_MINUTES` at most (60), in
towns of 40 steps, about ten updates each; other ones with each `--hypothesis-seed=…`.
"""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.soak.conversations import Conversations
from tests.soak.living import MINUTES, ROUNDS

UPDATES = 50 * ROUNDS
A_FEW_TOWNS = {"max_examples": 5, "stateful_step_count": 40}
FEW = {"max_examples": 2, "stateful_step_count": 12, "derandomize": True}


def live(migrated: Path, **bounds: int | bool) -> None:
    """Adds what was lived through to the counts of `Conversations`, and prints them."""
    Conversations.migrated = migrated
    start = time.process_time()
    before = Conversations.updates
    try:
        run_state_machine_as_test(
            Conversations,
            settings=settings(
                **bounds,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=(Phase.generate, Phase.shrink),
            ),
        )
    finally:
        cpu = 1000 * (time.process_time() - start) / max(Conversations.updates - before, 1)
        print(
            f"\n{Conversations.updates} updates, of them {Conversations.forged} presses of others' "
            f"buttons; {Conversations.restarts} restarts; {cpu:.0f} ms of CPU an update of the last"
        )


def test_whatever_people_do_every_chat_answers_and_nothing_foreign_is_touched(
    migrated: Path,
) -> None:
    live(migrated, **FEW)


@pytest.mark.soak
def test_fifty_thousand_updates(migrated: Path) -> None:
    end = time.monotonic() + 60 * MINUTES
    while Conversations.updates < UPDATES and time.monotonic() < end:
        # Else it would live the same lives each time: the house's examples do.
        live(migrated, **A_FEW_TOWNS, derandomize=False)
