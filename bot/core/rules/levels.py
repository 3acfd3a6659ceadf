"""What this office calls the levels of its tree, wherever a card, a form or a paper names one.

The words of the plans and of the law stand here once; the office's own come from config.toml
(`[organisation] name`, `[programmes] names`) when the program starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PROVINCE = "LĐLĐ tỉnh"
UPPER = "công đoàn cấp trên"
UPPER_IN_FULL = f"{UPPER} trực tiếp cơ sở"
UPPER_SPELLINGS = tuple(
    f"{union} cấp trên{rest}"
    for union in ("công đoàn", "Công đoàn", "CĐ")
    for rest in (" trực tiếp cơ sở", " cơ sở", " trực tiếp", "")
)
"""As the plans write it, now so, now so."""


@dataclass
class Levels:
    """`province`: the unit at the top. `upper`: the unions between it and the sites, in short and
    `upper_in_full`."""

    province: str = PROVINCE
    upper: str = UPPER
    upper_in_full: str = UPPER_IN_FULL

    def call(self, top: str, names: Mapping[str, str]) -> None:
        """`top`: the name of the unit at the top. `names`: see `all_names`."""
        own = all_names(names)
        self.province = own.get(PROVINCE, top)
        self.upper = own.get(UPPER, UPPER)
        self.upper_in_full = own.get(UPPER_IN_FULL, UPPER_IN_FULL)


IN_USE = Levels()


def all_names(names: Mapping[str, str]) -> dict[str, str]:
    """A department or level as the plans write it -> as this office calls it; the unions above the
    sites go by their own name however a plan spells them, where nothing else is said."""
    if UPPER not in names:
        return dict(names)
    own = names[UPPER]
    capital = own[:1].upper() + own[1:]
    spellings = {s: capital if s.startswith("Công") else own for s in UPPER_SPELLINGS}
    return {**spellings, **names}
