"""The levels of the tree are called as this office calls them, by one setting."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.assembly import make_work
from bot.config.settings import Settings
from bot.conversation.registry import form_of
from bot.core.labels import unit_kind
from bot.core.rendering import render
from bot.core.rules import levels
from bot.core.rules.levels import IN_USE, PROVINCE, UPPER, UPPER_IN_FULL
from bot.programmes import load
from bot.summaries.forms.summary import PROPOSE
from bot.summaries.papers import report_words
from bot.summaries.rules.summaries import addressees
from bot.units.facts.columns import BY_KEY
from bot.units.papers.cells import read
from storage.enums import Addressee, UnitKind
from storage.models import Draft
from storage.store import Store
from tests.cast import VAULT
from tests.test_texts import BOT, GUIDES, readable

NAMED_HERE = {
    BOT / "core/rules/levels.py": "where they are named",
    BOT / "config/settings.py": "how the top is called until somebody says otherwise",
    BOT / "units/facts/columns.py": "what is written in the list of units, beside one's own words",
    BOT / "summaries/papers/samples.py": "a paper of a province that does not exist",
}


@pytest.fixture
def own() -> Iterator[None]:
    """An office that calls its levels otherwise."""
    IN_USE.call("LĐLĐ thành phố Huế", {UPPER: "công đoàn liên xã"})
    yield
    IN_USE.call(PROVINCE, {})


@pytest.mark.parametrize("level", [PROVINCE, UPPER_IN_FULL])
def test_no_text_names_a_level_but_by_the_setting(level: str) -> None:
    literally = {
        path
        for path, text in readable()
        if level.casefold() in text.casefold()
        if path.suffix != ".md" and path not in NAMED_HERE
    }
    assert literally == set(), "say levels.province or IN_USE.upper_in_full"
    assert GUIDES.exists()


def test_cards_and_papers_say_the_own_names(own: None) -> None:
    assert unit_kind(UnitKind.UPPER) == "công đoàn liên xã"
    assert unit_kind(UnitKind.FEDERATION) == "LĐLĐ thành phố Huế, ban nghiệp vụ"
    assert addressees()[Addressee.STANDING] == "Ban Thường vụ LĐLĐ thành phố Huế"
    assert "LĐLĐ thành phố Huế và công đoàn liên xã" in render("paper/heads", units=())
    key = Addressee.STANDING.value
    proposals = report_words.proposals_of({key: ("Tăng thưởng",)}, none="")
    assert "Đối với Ban Thường vụ Liên đoàn Lao động thành phố Huế" in str(proposals)


def test_a_proposal_is_addressed_by_the_own_name(own: None) -> None:
    step = form_of(Draft(form=PROPOSE.name, about={})).step("addressee")
    assert step
    assert step.kind.show(Addressee.STANDING.value) == "Ban Thường vụ LĐLĐ thành phố Huế"


def test_the_list_of_units_takes_the_own_names_beside_the_laws(own: None) -> None:
    for words in ("Công đoàn liên xã", "công đoàn cấp trên trực tiếp cơ sở", "CĐ cấp trên"):
        assert read(BY_KEY["kind"], words, words) is UnitKind.UPPER


def test_the_program_takes_them_from_the_settings(store: Store, settings: Settings) -> None:
    names = {UPPER: "công đoàn phường, xã", PROVINCE: "LĐLĐ thành phố"}
    plans = settings.programmes.model_copy(update={"names": names, "folder": Path("nowhere")})
    try:
        make_work(store, settings.model_copy(update={"programmes": plans}), VAULT)
        assert (IN_USE.province, IN_USE.upper) == ("LĐLĐ thành phố", "công đoàn phường, xã")
        assert IN_USE.upper_in_full == "công đoàn phường, xã"
    finally:
        make_work(store, settings, VAULT)
    assert (IN_USE.province, IN_USE.upper_in_full) == (PROVINCE, UPPER_IN_FULL)


def test_plans_say_them_however_they_spell_the_level(settings: Settings) -> None:
    called = settings.programmes.model_copy(update={"names": {UPPER: "công đoàn liên xã"}})
    before, after = [
        [
            words
            for plan in load(section)
            for words in (
                *(f"{task.text} {task.department}" for task in plan.tasks),
                *(f"{target.text} {target.of}" for target in plan.targets),
            )
        ]
        for section in (settings.programmes, called)
    ]
    named = re.compile(r"(công đoàn|CĐ) cấp trên", re.I)
    assert sum(bool(named.search(words)) for words in before) > 10
    assert [words for words in after if named.search(words)] == []
    assert sum("ông đoàn liên xã" in words for words in after) > 10
    assert levels.all_names({}) == {}
