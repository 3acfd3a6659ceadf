"""Reports written without coverage, on a bad road, on a phone that is killed and set to other days:
none is lost, none counts twice. A round is one report; a new browser every so many.
"""

import os
import random

import pytest

from tests.cast import AN
from tests.channels.offline.conftest import phones, road, settings  # noqa: F401 - fixtures
from tests.channels.offline.cuts import live
from tests.channels.offline.road import OPEN

pytestmark = pytest.mark.soak
ROUNDS = int(os.environ.get("SATCOSO_SOAK_ROUNDS", "500"))
A_PHONE = 20  # rounds on one phone; it shows so many that arrived


async def test_reports_written_offline_arrive_once_each(town, road, phones) -> None:  # noqa: F811
    seed = int(os.environ.get("SATCOSO_SOAK_SEED", random.randrange(10**6)))
    print(f"\nseed {seed}")
    rng, acts, first = random.Random(seed), 0, 0
    while first < ROUNDS:
        phone = await phones(AN)
        histories = await live(town, road, phone, rng, range(first, min(first + A_PHONE, ROUNDS)))
        await phone.close()
        acts += sum(map(len, histories))
        first += len(histories)
        breaks = sum(mood != OPEN for _, mood in road.carried)
        print(f"{first} reports, {acts} acts, {len(road.carried)} requests, {breaks} broken off")
