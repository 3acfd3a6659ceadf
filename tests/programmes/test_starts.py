"""A mistake in a plan stops the program before it touches anything, and says where it is."""

import pytest

from tests.cli.test_commands import configure, folder, satcoso  # noqa: F401 - a fixture
from tests.programmes.plans import put, sixth

ACTIVE = '[programmes]\nactive = ["sat-co-so", "nha-o"]\n'


@pytest.mark.parametrize("command", ["check", "run", "init-db"])
def test_a_wrong_plan_is_a_sentence_and_no_database_is_made(folder, command):  # noqa: F811
    configure(folder, ACTIVE)
    put(folder / "programmes", "nha-o", sixth().replace('"20/12"', '"31/2"'))
    said = satcoso(command, code=2)
    file = folder / "programmes" / "nha-o.toml"
    assert f"{file}: reports \"quy-4\", before = '31/2': not every year has this day" in said
    assert "Traceback" not in said
    assert not (folder / "data").exists()


def test_check_names_the_plans_that_count(folder):  # noqa: F811
    configure(folder, ACTIVE)
    put(folder / "programmes", "nha-o", sixth())
    assert "sat-co-so, nha-o" in satcoso("check")
