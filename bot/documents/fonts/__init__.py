"""The fonts of drawings: DejaVu Sans 2.37, unmodified, which has every Vietnamese letter.

They may be passed on with the program; LICENSE beside them says how.
"""

from pathlib import Path

FAMILY = "DejaVu Sans"
FILES = tuple(sorted(Path(__file__).parent.glob("*.ttf")))
