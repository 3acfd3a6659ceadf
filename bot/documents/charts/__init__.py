"""Charts as SVG, drawn to be read on a phone 360 points wide and in grey: what is to be told apart
differs in lightness and in hatching, never in colour alone.

Plain values come in, a drawing goes out; `bot.documents.drawing` makes the picture of it.
"""

from bot.documents.charts.bars import Bar, Bars
from bot.documents.charts.columns import Column, Columns
from bot.documents.charts.frame import PIXELS, Chart, Fill, Heading, Key, picture
from bot.documents.charts.lines import Lines
from bot.documents.charts.site_map import SiteMap, Spot, SpotName

__all__ = (
    "PIXELS",
    "Bar",
    "Bars",
    "Chart",
    "Column",
    "Columns",
    "Fill",
    "Heading",
    "Key",
    "Lines",
    "SiteMap",
    "Spot",
    "SpotName",
    "picture",
)
