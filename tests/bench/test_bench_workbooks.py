"""A list as xlsx at a province's size, from the press to the file: counting and writing."""

from statistics import median
from time import perf_counter
from typing import Any

import pytest

from bot.cases.services import export
from bot.channels.telegram.addresses import address_of
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.work import Work
from bot.visits.papers.list_tables import as_xlsx
from bot.visits.services import overview_lists
from storage.store import Store
from tests.bench.test_bench_digest import EVERYBODY, THIS, fill
from tests.cast import FRIDAY_1630, VAULT

ROUNDS = 5
LISTS: dict[str, Any] = {
    "officers": overview_lists.staff,
    "units": overview_lists.units,
    "promises": overview_lists.promises_overdue,
    "sites": overview_lists.coverage,
}


@pytest.mark.bench
async def test_lists_of_a_province_as_workbooks(store: Store, settings: Any) -> None:
    await fill(store)
    work = Work(store, settings, settings.make_calendar(), VAULT)
    actor = await actor_of(work, address_of(len(EVERYBODY)))
    context = Context(work, actor, FRIDAY_1630)

    async def visits() -> bytes:
        facts = await overview_lists.visits(context, "all", THIS, 0, None)
        return as_xlsx(facts, context.now)

    async def listed(name: str) -> bytes:
        return as_xlsx(await LISTS[name](context, THIS, 0, None), context.now)

    async def cases() -> bytes:
        return await export.list_as_xlsx(context, "unit")

    print(f"\nmedian of {ROUNDS} (least, most)")
    for name in ("visits", *LISTS, "cases"):
        times, data = [], b""
        for _ in range(ROUNDS):
            begun = perf_counter()
            data = await (
                visits() if name == "visits" else cases() if name == "cases" else listed(name)
            )
            times.append(perf_counter() - begun)
        least, middle, most = (f(times) for f in (min, median, max))
        print(f"{name}: {middle:.2f} s ({least:.2f}–{most:.2f}), {len(data) / 1000:.0f} kB")
