"""A few hundred updates from people who do whatever comes to their minds; `make soak` runs many.

`SATCOSO_SOAK_LIVES=40 SATCOSO_SOAK_STEPS=300 … -m soak tests/soak/test_conversations.py`: so many
towns, and so many steps in each, of about ten updates; other ones with each `--hypothesis-seed=…`.
"""

import os
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.soak.conversations import Conversations

LIVES = int(os.environ.get("SATCOSO_SOAK_LIVES", "40"))
STEPS = int(os.environ.get("SATCOSO_SOAK_STEPS", "300"))
FEW = {"max_examples": 2, "stateful_step_count": 12, "derandomize": True}


def live(migrated: Path, **bounds: int | bool) -> None:
    Conversations.migrated = migrated
    Conversations.updates = Conversations.forged = Conversations.restarts = 0
    start = process_time()
    try:
        run_state_machine_as_test(
            Conversations,
            settings=settings(
                **bounds,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=(Phase.generate, Phase.shrink) if LIVES < 10 else (Phase.generate,),
            ),
        )
    finally:
        cpu = 1000 * (process_time() - start) / max(Conversations.updates, 1)
        print(
            f"\n{Conversations.updates} updates, of them {Conversations.forged} presses of others' "
            f"buttons; {Conversations.restarts} restarts; {cpu:.0f} ms of CPU an update"
        )


def test_whatever_people_do_every_chat_answers_and_nothing_foreign_is_touched(
    migrated: Path,
) -> None:
    live(migrated, **FEW)


@pytest.mark.soak
def test_fifty_thousand_updates(migrated: Path) -> None:
    # Else it would live the same lives each time: the house's examples do.
    live(migrated, max_examples=LIVES, stateful_step_count=STEPS, derandomize=False)
