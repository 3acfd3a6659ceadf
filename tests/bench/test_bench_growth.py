"""What every card costs when years lie behind the province: a walk through all of them.

The same province (40 unions, 800 sites, 120 officers) in which more and more weeks have passed.
Printed are the processor's time of this process (on SQLite the database's too, and no neighbour's)
and the time that passed, in ms, median/p95/most over the cards; what a card writes is done once,
what it only reads is read three times more. The sizes, in visits:
`SATCOSO_BENCH_GROWTH=1000,20000,125000,1000000`; the last one takes many minutes.
`SATCOSO_BENCH_CARDS='tgt:|score:'`: only cards with such names are read more than once and listed.
"""

import gc
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pytest
from sqlalchemy import text

from bot.app.upkeep import tidy
from bot.demo.big_province import Size
from bot.summaries.services.obligations import ensure_obligations
from bot.visits.services.assignment import ensure_week_assigned
from bot.visits.services.digest import ensure_digests
from tests.growth.conftest import ASSIGNED, Province, province_of
from tests.tour import Stop, answered, listening

CASES = {1_000: 1_000, 20_000: 30_000, 125_000: 125_000, 1_000_000: 1_000_000}
SIZES = tuple(map(int, os.environ.get("SATCOSO_BENCH_GROWTH", "1000,20000").split(",")))
WANTED = re.compile(os.environ.get("SATCOSO_BENCH_CARDS", ""))
REPEATS = 3
LONG = 2.0  # seconds: what takes so long is no more exact the fourth time
NAMED = {  # the cards that are spoken of, by role and what is pressed
    "overview of the province": "province: /tongquan",
    "down to its unions": "province: ov:u:#:#:#",
    "down to its sites": "province: ov:c:#:#:#",
    "a summary, opened": "province: sum:open:#",
    "overdue cases": "province: case:list:over:#",
    "an officer's start": "officer: /start",
    "the province's officers": "province: ov:s:#:#:#",
    "consolidated report, docx": "province: paper:all:docx:#",
    "consolidated report, xlsx": "province: paper:all:xlsx:#",
    "table of all cases, xlsx": "province: case:export",
}
AGREED_MS = 150  # what a card may take at 20,000 visits and 30,000 cases


@dataclass(frozen=True)
class Cost:
    """Of one card or one thing that the program does by itself: seconds, statements."""

    processor: float
    passed: float
    statements: int
    files: bool = False  # it makes a document or a picture


async def card_cost(stop: Stop) -> Cost:
    """The median of some readings; of what writes, the one that there was."""
    passed, processor = [stop.seconds], [stop.processor]
    again = not stop.writes and stop.processor < LONG
    for _ in range(REPEATS if again else 0):
        reading, _ = await answered(Stop(stop.name, stop.request))
        passed.append(reading.seconds)
        processor.append(reading.processor)
    if again:  # the first one reads the file and fills caches
        passed, processor = passed[1:], processor[1:]
    return Cost(median(processor), median(passed), len(stop.statements), stop.files)


async def by_itself(province: Province) -> dict[str, Cost]:
    """Monday's assignment, Friday's digest, the night."""
    costs = {}
    for service in (ensure_obligations, ensure_week_assigned, ensure_digests, tidy):
        with listening(province.work.store) as statements:
            start, processor = perf_counter(), process_time()
            await service(province.work, ASSIGNED)
            times = process_time() - processor, perf_counter() - start
        costs[f"{service.__name__}"] = Cost(*times, len(statements))
    return costs


def summary_of(costs: dict[str, Cost]) -> str:
    """Median, p95, the worst and how many are above what was agreed; which, but files."""
    lines = []
    for name, key in (("processor", "processor"), ("passed", "passed")):
        values = sorted(getattr(cost, key) * 1000 for cost in costs.values())
        p95, above = values[len(values) * 95 // 100], sum(v > AGREED_MS for v in values)
        lines.append(f"{name} {median(values):.0f}/{p95:.0f}/{values[-1]:.0f} ms, {above} above")
    slow = [
        f"\n      {cost.processor * 1000:.0f} ms  {name}"
        for name, cost in sorted(costs.items(), key=lambda item: -item[1].processor)
        if cost.processor * 1000 > AGREED_MS and not cost.files
    ]
    return f"{'; '.join(lines)}; no files: {len(slow)}" + "".join(slow)


def by_name(by_size: dict[int, dict[str, Cost]]) -> Iterator[str]:
    """The cards that are spoken of, at every size: ms of the processor, statements."""
    yield f"  {'ms of the processor / statements':34}" + "".join(f"{size:>16,}" for size in by_size)
    for words, name in NAMED.items():
        costs = [cards.get(name) for cards in by_size.values()]
        cells = (f"{c.processor * 1000:.0f} / {c.statements}" if c else "-" for c in costs)
        yield f"  {words:34}" + "".join(f"{cell:>16}" for cell in cells)


def most_grown(first: dict[str, Cost], last: dict[str, Cost]) -> Iterator[str]:
    """The cards that cost most at the biggest size, beside what they cost at the smallest."""
    common = [name for name in last if name in first]
    for name in sorted(common, key=lambda n: -last[n].processor)[:25]:
        small, big = first[name], last[name]
        yield (
            f"    {small.processor * 1000:6.0f} -> {big.processor * 1000:6.0f} ms"
            f"  {small.statements:3} -> {big.statements:3} statements  {name}"
        )


@pytest.mark.bench
async def test_every_card_at_each_size(
    any_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    by_size: dict[int, dict[str, Cost]] = {}
    for size in SIZES:
        url = fresh(any_url, tmp_path, size, request)
        start = perf_counter()
        province = await province_of(url, Size.of(size, CASES.get(size, size)), tmp_path)
        store = province.work.store
        if not store.is_sqlite:  # it does so by itself, a minute after
            async with store.write() as session:
                await (await session.connection()).execute(text("ANALYZE"))
        filled = perf_counter() - start
        gc.collect()
        gc.freeze()  # what the tests hold is no part of a card
        alone = await by_itself(province)
        stops = await province.everybody()
        cards = {name: await card_cost(stop) for name, stop in stops.items() if WANTED.search(name)}
        by_size[size] = cards
        kind = store.engine.dialect.name
        print(f"\n{kind}, {size} visits (filled in {filled:.0f} s), {len(cards)} cards:")
        print(f"    {summary_of(cards)}")
        for name, cost in alone.items():
            print(f"    {name}: {cost.processor * 1000:.0f} / {cost.passed * 1000:.0f} ms")
        await store.close()
    first, last = by_size[SIZES[0]], by_size[SIZES[-1]]
    grown = sorted(
        last[name].processor / max(first[name].processor, 0.001) for name in last if name in first
    )
    print(f"  growth, median {median(grown):.2f}, p95 {grown[len(grown) * 95 // 100]:.2f}")
    print(f"  more than twice as much as at first: {sum(ratio > 2 for ratio in grown)}")
    print("\n".join(by_name(by_size)))
    print("\n".join(most_grown(first, last)))
    if not WANTED.pattern:
        assert set(NAMED.values()) <= last.keys()
        assert len(last) > 500


def fresh(any_url: str, folder: Path, size: int, request: pytest.FixtureRequest) -> str:
    """An empty, migrated database for each size."""
    if any_url.startswith("sqlite"):
        file = folder / f"{size}.db"
        file.write_bytes(request.getfixturevalue("migrated").read_bytes())
        return f"sqlite+aiosqlite:///{file}"
    request.getfixturevalue("empty")()
    return any_url
