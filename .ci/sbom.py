"""What the program is made of, as CycloneDX 1.6 JSON on stdout: `make sbom`.

From the locked versions; licences as the installed packages state them. It names no registry and no
address, and is the same each time.
"""

import importlib.metadata
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FONTS = {
    "type": "library",
    "name": "DejaVu Sans",
    "version": "2.37",
    "description": "font, unmodified, in bot/documents/fonts",
    "licenses": [{"license": {"name": "Bitstream Vera and Arev; changes in the public domain"}}],
}
WARDS = {
    "type": "data",
    "name": "vietnamadminunits (centres of wards)",
    "version": "1.0.4",
    "description": "a part of its data, in bot/units/rules/data/wards.csv",
    "licenses": [{"license": {"id": "MIT"}}],
}


def sbom() -> dict[str, Any]:
    """The whole document; what only an extra needs is marked as optional."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [component(*pin) for pin in locked("run")]
    optional = [{**component(*pin), "scope": "optional"} for pin in locked("postgres")]
    program = {
        "type": "application",
        "bom-ref": project["name"],
        "name": project["name"],
        "version": project["version"],
        "licenses": [{"expression": project["license"]}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program},
        "components": [*needed, *optional, FONTS, WARDS],
    }


def locked(part: str) -> Iterator[tuple[str, str]]:
    """(name, version) of every package in a file of locked versions, but for other systems'."""
    for line in (ROOT / ".ci" / "locked" / f"{part}.txt").read_text("utf-8").splitlines():
        if (pin := re.match(r"([\w.-]+)==([^ ;\\]+)", line)) and "win32" not in line:
            yield pin[1], pin[2]


def component(name: str, version: str) -> dict[str, Any]:
    """One package."""
    purl = f"pkg:pypi/{name}@{version}"
    about = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    licence = licence_of(name)
    return {**about, "licenses": [{"license": {"name": licence}}]} if licence else about


def licence_of(name: str) -> str:
    """As the package states it, in a line; empty where it is not installed or says nothing."""
    try:
        stated = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    expression = stated.get("License-Expression") or ""
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in stated.get_all("Classifier") or ()
        if line.startswith("License :: ")
    ]
    first_line = (stated.get("License") or "").strip().partition("\n")[0]
    return expression or " / ".join(classifiers) or first_line


if __name__ == "__main__":
    print(json.dumps(sbom(), indent=2, ensure_ascii=False))
