"""A file made for somebody, and names that every system takes."""

import re
from dataclasses import dataclass

from storage.folding import fold

LONGEST_NAME = 40


@dataclass(frozen=True)
class File:
    """`name`: only letters without accents, digits and dashes."""

    name: str
    data: bytes


def slug(text: str) -> str:
    """CĐ các KCN tỉnh -> cd-cac-kcn-tinh; cut between words."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    cut = plain[:LONGEST_NAME]
    return cut if len(plain) <= LONGEST_NAME else cut.rpartition("-")[0] or cut
