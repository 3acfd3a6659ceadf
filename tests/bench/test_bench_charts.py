"""The overview's pictures at a province's size: what each costs the first time, in a process of its
own that has loaded nothing yet, and what it takes to count what they show.
"""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.work import Work
from bot.visits.facts.overview import View
from bot.visits.facts.pictures import (
    AgesFacts,
    AnyPicture,
    MapFacts,
    MembersFacts,
    PlacedSite,
    ReachFacts,
    WaitsFacts,
    WeeksFacts,
)
from storage.store import Store

ROUNDS, SITES, UNITS = 5, 800, 60
KINDS = ("v", "c", "m", "a", "w", "d")


def facts_of(kind: str) -> AnyPicture:
    """A picture as full as a province makes it."""
    from bot.core.rules.calendar import Week
    from bot.units.rules.wards import wards_of
    from bot.visits.rules.overview import WeekTally
    from bot.visits.rules.pictures import SinceVisit
    from storage.enums import Category

    random = Random(47)
    week = Week(date(2026, 11, 16))
    view = View(week, 0, "LĐLĐ tỉnh An Giang")
    if kind == "v":
        mondays = [week.monday - timedelta(weeks=n) for n in range(11, -1, -1)]
        weeks = [(Week(m), WeekTally(60, 9, 2, 7, 3, 4)) for m in mondays]
        return WeeksFacts(view, weeks, view.week)
    if kind == "c":
        counts = dict.fromkeys(SinceVisit, 5)
        return ReachFacts(view, [(f"Công đoàn phường {n}", counts) for n in range(UNITS)], counts)
    if kind == "m":
        wards = list(wards_of("ldld tinh an giang").values())
        sites = [
            PlacedSite(
                f"Cơ sở {n}", random.choice((0, 3, 9, 20, None)), random.choice(wards), False
            )
            for n in range(SITES)
        ]
        names = [(f"Phường số {n}", wards[n]) for n in range(UNITS)]
        return MapFacts(view, sites, names, wards)
    if kind == "a":
        return AgesFacts(view, [(category, (9, 5, 3, 2)) for category in Category], 0)
    if kind == "w":
        return WaitsFacts(view, [((2026, month), (40, 30, 9, 4), 8) for month in range(6, 12)])
    months = [(date(2026, month, 28), 116_000 + 300 * month) for month in range(1, 12)]
    return MembersFacts(view, months)


def once(kind: str) -> dict[str, float]:
    """In a process of its own: seconds until the picture is there, and its size."""
    begun = perf_counter()
    from bot.documents.charts import picture
    from bot.visits.papers.pictures import picture_of

    drawn = picture_of(facts_of(kind))
    assert drawn is not None
    data = picture(drawn[0])
    return {"seconds": perf_counter() - begun, "bytes": len(data)}


@pytest.mark.bench
def test_what_a_picture_costs_cold() -> None:
    print(f"\nmedian of {ROUNDS} processes (least, most), from nothing loaded to the PNG")
    for kind in KINDS:
        runs = []
        for _ in range(ROUNDS):
            done = subprocess.run(
                [sys.executable, __file__, kind],
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
                env={"PYTHONPATH": str(Path(__file__).parents[2])},
            )
            runs.append(json.loads(done.stdout))
        times = [run["seconds"] for run in runs]
        print(
            f"{kind}: {median(times):.2f} s ({min(times):.2f}–{max(times):.2f}), "
            f"{runs[0]['bytes'] / 1000:.0f} kB"
        )


@pytest.mark.bench
async def test_what_counting_for_a_picture_costs_in_a_province(store: Store, settings: Any) -> None:
    from bot.channels.telegram.addresses import address_of
    from bot.visits.services import pictures
    from tests.bench.test_bench_digest import EVERYBODY, THIS, fill
    from tests.cast import FRIDAY_1630, VAULT

    await fill(store)
    work = Work(store, settings, settings.make_calendar(), VAULT)
    actor = await actor_of(work, address_of(len(EVERYBODY)))
    context = Context(work, actor, FRIDAY_1630)
    print(f"\ncounting, median of {ROUNDS} (least, most)")
    for kind in KINDS:
        times = []
        for _ in range(ROUNDS):
            begun = perf_counter()
            await pictures.facts_for(context, kind, THIS, 0)
            times.append(perf_counter() - begun)
        least, middle, most = (1000 * f(times) for f in (min, median, max))
        print(f"{kind}: {middle:.0f} ms ({least:.0f}–{most:.0f})")


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[1])))
