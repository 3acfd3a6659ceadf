"""The versions that an installation takes are locked by the hashes of their files."""

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKED = sorted((ROOT / ".ci" / "locked").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ASKED_FOR: dict[str, list[str]] = {
    "build": PROJECT["build-system"]["requires"],
    "run": PROJECT["project"]["dependencies"],
    "postgres": PROJECT["project"]["optional-dependencies"]["postgres"],
    "dev": PROJECT["dependency-groups"]["dev"],
    "floor": PROJECT["dependency-groups"]["floor"],
}


def pins(part: str) -> dict[str, str]:
    """Package -> its version in a file of locked versions."""
    text = (ROOT / ".ci" / "locked" / f"{part}.txt").read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("part", ASKED_FOR)
def test_what_is_asked_for_is_locked_at_a_version_that_fits(part: str) -> None:
    known = pins(part) if part in ("build", "run", "floor") else {**pins("run"), **pins(part)}
    for line in ASKED_FOR[part]:
        wanted = Requirement(line)
        version = known.get(canonicalize_name(wanted.name))
        assert version is not None, f"{line}: run make lock"
        assert wanted.specifier.contains(version, prereleases=True), f"{line}: {version}"


def test_what_is_locked_for_tests_is_not_locked_otherwise_for_the_program() -> None:
    assert pins("run").keys() & (pins("dev").keys() | pins("postgres").keys()) == set()
    assert pins("postgres").items() <= pins("dev").items()


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: file.name)
def test_every_locked_version_has_hashes_and_no_address(file: Path) -> None:
    text = file.read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    form = re.compile(r"[\w.-]+==\S+( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\\n)?)+")
    assert [entry for entry in entries if not form.fullmatch(entry)] == []
    assert "://" not in text


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / ".ci" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bill_of_materials_names_everything_that_is_installed(sbom: ModuleType) -> None:
    document: dict[str, Any] = sbom.sbom()
    named = {c["name"]: c for c in document["components"]}
    everything = {**pins("run"), **pins("postgres")}
    for_windows = {"colorama", "tzdata"}
    assert (
        named.keys() - {"DejaVu Sans", "vietnamadminunits (centres of wards)"}
        == everything.keys() - for_windows
    )
    assert all(named[name]["version"] == everything[name] for name in named.keys() & everything)
    assert named["psycopg"]["scope"] == "optional"
    assert document["metadata"]["component"]["version"] == PROJECT["project"]["version"]
    assert document["bomFormat"] == "CycloneDX"


def test_the_bill_of_materials_leads_to_no_address(sbom: ModuleType) -> None:
    words = json.dumps(sbom.sbom())
    assert "://" not in words
    assert "?" not in "".join(re.findall(r'"pkg:[^"]*"', words))  # a purl's qualifiers


def test_the_program_brings_nothing_large_that_it_can_do_without() -> None:
    """structlog loads rich at every start, and rich pygments, where somebody installed them."""
    large = {"matplotlib", "numpy", "holidays", "tornado", "psycopg", "typer", "rich", "pygments"}
    assert large & pins("run").keys() == set()
