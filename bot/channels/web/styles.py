"""How a page looks whose reader has nothing of ours yet: it stands in the page itself, so that a
slow line is asked once, and a browser knows it by its hash: no other style runs.
"""

import base64
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

_MARK = "/* Of the staff alone */"
_EVERY = (Path(__file__).parent / "static" / "style.css").read_text("utf-8")
INLINE = Markup(_EVERY.partition(_MARK)[0].strip())  # noqa: S704 - a file of ours
INLINE_HASH = f"sha256-{base64.b64encode(sha256(INLINE.encode()).digest()).decode()}"
