"""A machine's clock that is believed although it is an hour, a day or two years off, and set right.

How a wrong clock is found out: tests/app/test_clock_watch.py. This is what it may do until then.
"""

from datetime import timedelta

import pytest

from bot.core import clock_faults
from storage.enums import CaseStatus
from storage.models import Case
from tests import soundness
from tests.client import Person, Town
from tests.soak.living import LINK
from tests.soak.test_disk import counts, to_the_last_tap

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)


async def goes_to(town: Town, moment: object) -> None:
    """The clock stands there from now on; what is due by it happens."""
    town.clock.freeze(moment)
    await town.program.schedule.run_due()
    await town.settle()


@pytest.mark.parametrize("jump", [HOUR, DAY, 2 * YEAR, -HOUR, -DAY, -2 * YEAR])
async def test_a_clock_that_jumps_and_comes_back_loses_nothing(town: Town, jump: timedelta) -> None:
    an, lan = await to_the_last_tap(town)
    na = await town.person("Na", 7_100_000_001)
    await na.send(f"/start {LINK}")
    await na.click("Đồng ý")
    now = town.clock.now()

    await goes_to(town, now + jump)
    assert await soundness.broken(town.program.work.store, now + jump) == []
    await goes_to(town, now + HOUR)
    await clock_faults.bring_back(town.program.work, now + HOUR)
    await goes_to(town, now + 2 * HOUR)

    assert await soundness.broken(town.program.work.store, now + 2 * HOUR) == []
    await handed_in(an, "Gửi báo cáo", "Đã nhận báo cáo")
    await handed_in(lan, "Gửi Công đoàn", "Mã phản ánh")
    assert await counts(town) == (1, 1)
    async with town.program.work.read() as session:
        case = await session.get_one(Case, 1)
        assert case.status is CaseStatus.RECEIVED
        assert case.remind_at
        assert case.remind_at < now + 30 * DAY


async def handed_in(person: Person, label: str, receipt: str) -> None:
    await person.click(label)
    assert any(receipt in card for card in person.cards)
