"""How a page looks whose reader has nothing of ours yet: it stands in the page itself, so that a
slow line is asked once, and a browser knows it by its hash: no other style runs.
"""

import base64
from hashlib import sha256
from pathlib import Path

_MARK = "/* Of the staff alone */"
_EVERY = (Path(__file__).parent / "static" / "style.css").read_text("utf-8")
_INLINE = _EVERY.partition(_MARK)[0].strip()
INLINE_HASH = f"sha256-{base64.b64encode(sha256(_INLINE.encode()).digest()).decode()}"
_PLACE = "<style></style>"


def styled(html: str) -> str:
    """A page with the style at its place, where it has one: what people wrote is escaped, and so
    never such a place.
    """
    return html.replace(_PLACE, f"<style>{_INLINE}</style>", 1)
