"""Where a site lies whose own position nobody wrote down: about the centre of its ward.

`data/wards.csv`: province, ward (both folded), latitude, longitude of the 3,321 wards since
1/7/2025, from the package vietnamadminunits 1.0.4 (MIT, see wards.LICENSE). Where it has them from
was not checked here: good enough for a picture, for nothing else.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "wards.csv"
_SHORT = {"p": "phuong", "x": "xa", "dk": "dac khu", "f": "phuong"}
_KINDS = ("phuong ", "xa ", "dac khu ")

Position = tuple[float, float]  # degrees north, degrees east
Wards = Mapping[str, Position]  # folded, with its kind: "phuong long xuyen"


@cache
def _provinces() -> Mapping[str, Wards]:
    provinces: dict[str, dict[str, Position]] = {}
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for province, ward, latitude, longitude in csv.reader(lines):
            provinces.setdefault(province, {})[ward] = float(latitude), float(longitude)
    return provinces


def wards_of(name: str) -> Wards:
    """The wards of the province that a folded name contains ("ldld tinh an giang"); none where it
    contains none. Read when first asked for.
    """
    fitting = [province for province in _provinces() if f" {province} " in f" {name} "]
    return _provinces()[max(fitting, key=len)] if fitting else {}


def centre(wards: Wards, words: Sequence[str]) -> Position | None:
    """Of the ward that the first of these folded words name: an address, the unit above. A ward
    with its kind ("phường Long Xuyên", "P. Long Xuyên") counts anywhere in them, without it only at
    their end, so that no street is taken for a ward.
    """
    spelt = [_spelt_out(text) for text in words]
    for text in spelt:
        named = [ward for ward in wards if f" {ward} " in f" {text} "]
        if named:
            return wards[max(named, key=len)]
    for text in spelt:
        ending = [ward for ward in wards if f" {text}".endswith(f" {_bare(ward)}")]
        if len(ending) == 1:
            return wards[ending[0]]
    return None


def _spelt_out(text: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in text.split())


def _bare(ward: str) -> str:
    kind = next((kind for kind in _KINDS if ward.startswith(kind)), "")
    return ward.removeprefix(kind)
