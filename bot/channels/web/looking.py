"""What can be had by a link, for it only looks: a card's button becomes a link that goes back,
opens beside and can be printed. Everything else is sent by the page's form.

The list says what a link is tried for. That nothing is written on the way is seen to by
`LookingWork`, whatever stands in the list.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.work import Work

_BY_AREA = {
    "alert": "list|open|table|words|docx",
    "ann": "list|open|file|attached",
    "board": "open|unit|groups|answers|x",
    "case": "open|list|log|files|alike|sheet|export|x|found",
    "com": "list|good|open|read|paper",
    "exc": "list|open",
    "fig": r"x|\d+",
    "grp": "list",
    "nud": "one|all",
    "off": "open",
    "org": "list|open",
    "ov": r"[a-z]{1,2}",
    "p": "list|open|links|xlsx",
    "paper": "docx|xlsx|pdf|all|v|heads|head|min",
    "plan": "list|open|tasks",
    "poster": r"\d+",
    "prm": "mine|open|site",
    "rate": "list|one",
    "rec": "funnel|list|site|units|camp|sheet|steps|x|xu",
    "report": "show",
    "score": "list|unit|xlsx",
    "site": "open|visits|figures|cases|mine",
    "sug": "list|open",
    "sum": "list|open|figs|hist|part|play|props|read|sec|vers",
    "sup": "swap",
    "sv": "list",
    "task": "open|all|late|list|mine|units|files|x",
    "tgt": "list|one|pic|plan|units|files",
    "unit": "new|see",
    "uplan": "open|units|files",
    "visit": "open",
    "web": "list|of",
}
_AREAS = "|".join(f"{area}:(?:{which})(?::[^/]*)?" for area, which in _BY_AREA.items())
# Of the mailbox only its pages: a notice that is opened is read, which is written down.
_LOOKS = re.compile(rf"home|week|box(?::page:\d+)?|{_AREAS}")
_ACTS = re.compile(r"web:of:\d+:end|nud:(?:one|all)\b.*:send")
COMMANDS = frozenset(
    {
        *("start", "tuannay", "tongquan", "baocaonam", "cachlamhay", "canhbao", "chitieu"),
        *("apphich", "dexuat", "donvi", "hopthu", "hoso"),
        *("kehoach", "khenthuong", "kiennghi", "nhansu"),
        *("nhiemvu", "nhom", "phattrien", "thethuc", "thidua", "thongbao", "trogiup", "xeploai"),
    }
)


def is_look(button: str) -> bool:
    """Whether what stands behind a button is had by a link."""
    return bool(_LOOKS.fullmatch(button)) and not _ACTS.fullmatch(button)


class NotALook(Exception):  # noqa: N818 - it reads as what happened
    """Somebody was about to write where a link leads."""


class LookingWork(Work):
    """The same work, with which nothing can be written."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        raise NotALook
        yield  # to be a generator


def looking(work: Work) -> LookingWork:
    return LookingWork(**vars(work))
