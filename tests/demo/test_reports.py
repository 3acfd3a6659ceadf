"""The demo's reports could have been written where they stand."""

import tomllib
from pathlib import Path

from bot.core.labels import TOPICS, VISIT_KINDS
from bot.demo.seed import _site, fitting_reports
from storage.enums import UnitKind

TOLD = tomllib.loads(Path("bot/demo/province.toml").read_text(encoding="utf-8"))
SITES = [
    _site(f"{union['code']}-{n:02}", row, None)
    for union in TOLD["unions"]
    for n, row in enumerate(union["sites"], 1)
]


def test_a_report_fits_the_trade_and_never_meets_a_union_where_there_is_none() -> None:
    for site in SITES:
        fitting = fitting_reports(TOLD["reports"], site)
        assert len({row["words"] for row in fitting}) > 2, site.name
        for row in fitting:
            assert {site.sector, "any"} & set(row["sectors"])
            assert row["kind"] in VISIT_KINDS
            assert set(row["trouble"]) <= set(TOPICS)
            if site.kind is UnitKind.ENTERPRISE:
                assert row["kind"] not in ("committee", "dialogue")
    sectors = {site.sector for site in SITES} | {"any"}
    assert all(set(row["sectors"]) <= sectors for row in TOLD["reports"])


def test_every_site_has_its_own_contact() -> None:
    assert len({site.contact_phone for site in SITES}) == len(SITES)
    for site in SITES:
        assert ("công đoàn" in site.contact_name) == (site.kind is UnitKind.SITE_UNION)
