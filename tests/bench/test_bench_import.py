"""3,000 sites from the file into the database, against reading the same file once."""

from io import BytesIO
from time import perf_counter

import pytest
from python_calamine import CalamineWorkbook

from bot.units.papers.units_file import read_units
from bot.units.services import importing
from tests import cast
from tests.units.papers.sheets import units

SITES, WARDS = 3_000, 100


def a_province() -> bytes:
    wards = [
        {"code": f"P{n}", "name": f"CĐ phường {n}", "kind": "công đoàn cấp trên", "parent": "TINH"}
        for n in range(WARDS)
    ]
    top = {"code": "TINH", "name": "LĐLĐ tỉnh", "kind": "LĐLĐ tỉnh/ban"}
    return units(*(_site(n) for n in range(SITES)), *wards, top)


def _site(n: int) -> dict:
    return {
        "code": f"CS{n}",
        "name": f"CĐCS Công ty Sen Vàng {n}",
        "kind": "CĐCS",
        "parent": f"P{n % WARDS}",
        "level_name": "cơ sở",
        "sector": "may",
        "address": f"Số {n}, đường Hòa Bình",
        "latitude": 10.3712,
        "longitude": 105.4323,
        "workers": 100 + n,
        "women": 50,
        "members": 90,
        "contact_name": "Nguyễn Văn A",
        "contact_phone": "0912 345 678",
        "sensitive": "không",
        "rating": "T",
        "rating_year": 2025,
        "cluster": f"Khối {n % 12}",
    }


@pytest.mark.bench
async def test_importing_a_province(work):
    data = a_province()

    start = perf_counter()
    CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    floor = perf_counter() - start

    start = perf_counter()
    file = read_units(data)
    read = perf_counter() - start

    start = perf_counter()
    seen = await importing.preview(work, None, file, cast.MONDAY)
    previewed = perf_counter() - start

    start = perf_counter()
    done = await importing.confirm(work, None, file, seen.plan.digest(), cast.MONDAY)
    imported = perf_counter() - start

    start = perf_counter()
    again = await importing.preview(work, None, file, cast.MONDAY)
    compared = perf_counter() - start

    assert done.done
    assert len(done.plan.new) == SITES + WARDS + 1
    assert (again.plan.new, again.plan.changed) == ((), ())
    print(
        f"\nimport of {SITES} sites ({len(data) / 1000:.0f} kB): reading and checking the file"
        f" {read * 1000:.0f} ms, preview {previewed * 1000:.0f} ms,"
        f" import {imported * 1000:.0f} ms, preview of the same list again"
        f" {compared * 1000:.0f} ms; floor (only opening the file) {floor * 1000:.0f} ms"
    )
