"""The head and the foot of an official paper: who issues it, to whom it goes, who signs."""

import re
from typing import Any

from bot.core.rules.letterhead import Head
from bot.documents.rendering import clean
from bot.documents.signs import NBSP

NAME_DOTS = "………………………"


def head_facts(head: Head) -> dict[str, Any]:
    """The lines of the head and of the foot, by their names in a template."""
    recipients = [clean(recipient) for recipient in head.recipients]
    archive_lines = [recipient for recipient in recipients if recipient.startswith("Lưu")]
    return {
        "co_quan_cap_tren": _whole_name(clean(head.superior).upper()),
        "co_quan": _whole_name(clean(head.issuer).upper()),
        "ky_hieu": clean(head.symbol),
        "dia_danh": clean(head.place) or "……………",
        "noi_nhan": [recipient for recipient in recipients if recipient not in archive_lines],
        "noi_luu": archive_lines[-1] if archive_lines else "Lưu: VT, …",
        "quyen_han": clean(head.authority).upper(),
        "chuc_vu": _DEPUTY.sub(r"\1\n\2", clean(head.position).upper()),
        "nguoi_ky": clean(head.signatory) or NAME_DOTS,
    }


# Who signs for another: KT. CHỦ TỊCH, and the own position on the line below.
_DEPUTY = re.compile(r"^(KT\. .*?)[,;/]?\s+(PHÓ\s)")
_LONG = 24  # letters of a line of the head that may go over two lines


def _whole_name(text: str) -> str:
    """VIỆT NAM, AN GIANG: the end of a long name is not torn over two lines."""
    return NBSP.join(text.rsplit(" ", 1)) if len(text) > _LONG else text
