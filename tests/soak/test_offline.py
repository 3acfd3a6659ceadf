"""Reports written without coverage, on a bad road, on a phone that is killed and set to other days:
none is lost, none counts twice. A round is one report; a new browser every so many.

`SATCOSO_SOAK_ROUNDS` halved (500), `SATCOSO_SOAK_MINUTES` at most (60), `SATCOSO_SOAK_SEED`.
"""

import random
import time

import pytest

from tests.cast import AN
from tests.channels.offline.conftest import phones, road, settings  # noqa: F401 - fixtures
from tests.channels.offline.cuts import live
from tests.channels.offline.road import OPEN
from tests.soak.living import MINUTES, ROUNDS, SEED

pytestmark = pytest.mark.soak
REPORTS = ROUNDS // 2
A_PHONE = 20  # rounds on one phone; it shows so many that arrived


async def test_reports_written_offline_arrive_once_each(town, road, phones) -> None:  # noqa: F811
    print(f"\nseed {SEED}")
    rng, acts, first = random.Random(SEED), 0, 0
    end = time.monotonic() + 60 * MINUTES
    while first < REPORTS and time.monotonic() < end:
        phone = await phones(AN)
        histories = await live(town, road, phone, rng, range(first, min(first + A_PHONE, REPORTS)))
        await phone.close()
        acts += sum(map(len, histories))
        first += len(histories)
        breaks = sum(mood != OPEN for _, mood in road.carried)
        print(f"{first} reports, {acts} acts, {len(road.carried)} requests, {breaks} broken off")
