"""Places on a plain map: no tiles and no borders, only where they lie to each other."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt

from bot.documents.charts.frame import MARGIN, WIDTH, Heading, drawn, shortened

RING = "ring"
"""The key of what is ringed."""
_TALLEST, _SMALLEST = 430, 120
_GOLDEN = pi * (3 - sqrt(5))  # a turn that never puts two beside each other
_APART = 5.2
_NAME_LETTERS, _LETTER_WIDE, _NAME_HIGH = 22, 7.6, 12
_LEAST_SPAN = 0.02  # degrees: about two kilometres


@dataclass(frozen=True)
class Spot:
    """`mark`: one of the chart's keys. Degrees north and east. `ringed`: a broken ring lies around
    it, whatever its mark."""

    latitude: float
    longitude: float
    mark: str
    ringed: bool = False


@dataclass(frozen=True)
class SpotName:
    """Words for finding one's way, left out where they would cover others."""

    latitude: float
    longitude: float
    words: str


@dataclass(frozen=True)
class SiteMap:
    """`ground`: (latitude, longitude) of places that show the shape of the land, drawn faintly.
    Marks of a later key lie above those of an earlier one; names are set in their order.
    """

    head: Heading
    places: Sequence[Spot]
    names: Sequence[SpotName] = ()
    ground: Sequence[tuple[float, float]] = ()

    def svg(self) -> str:
        """The drawing."""
        frame = _Projection.around([(p.latitude, p.longitude) for p in self.places])
        order = [key.fill for key in self.head.keys]
        many = len(self.places) > 150
        marks = sorted(self._marks(frame), key=lambda mark: order.index(mark[0]))
        facts = {
            "ground": [spot for spot in (frame.at(*p) for p in self.ground) if frame.has(*spot)],
            "marks": marks,
            "size": 3.1 if many else 4.4,
            "names": _that_fit(
                [(frame.at(n.latitude, n.longitude), n.words) for n in self.names],
                [(x, y) for _, x, y, _ in marks],
                frame.high,
            ),
        }
        return drawn("site_map", self.head, frame.high, facts)

    def _marks(self, frame: "_Projection") -> Iterable[tuple[str, float, float, bool]]:
        """Those at one and the same point are spread around it."""
        there: Counter[tuple[float, float]] = Counter()
        for place in self.places:
            x, y = frame.at(place.latitude, place.longitude)
            number = there[x, y]
            there[x, y] += 1
            far = _APART * sqrt(number)
            dx, dy = far * cos(number * _GOLDEN), far * sin(number * _GOLDEN)
            yield place.mark, round(x + dx, 1), round(y + dy, 1), place.ringed


@dataclass(frozen=True)
class _Projection:
    """Degrees to points of the drawing: a degree east is shortened as it is at this latitude."""

    north: float
    west: float
    scale: float
    squeeze: float
    left: float
    high: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "_Projection":
        latitudes, longitudes = zip(*points or [(16.0, 106.0)], strict=True)
        north, south = max(latitudes), min(latitudes)
        west, east = min(longitudes), max(longitudes)
        squeeze = cos(radians((north + south) / 2))
        tall = max(north - south, _LEAST_SPAN)
        wide = max((east - west) * squeeze, _LEAST_SPAN)
        room = WIDTH - 2 * (MARGIN + _PAD)
        scale = min(room / wide, (_TALLEST - 2 * _PAD) / tall)
        high = max((north - south) * scale + 2 * _PAD, _SMALLEST)
        left = (WIDTH - (east - west) * squeeze * scale) / 2
        return cls(north, west, scale, squeeze, left, high)

    def has(self, x: float, y: float) -> bool:
        """Whether a point lies inside of the drawing."""
        return MARGIN <= x <= WIDTH - MARGIN and 0 <= y <= self.high

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = self.left + (longitude - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale + _PAD, 1)


_PAD = 16


_BESIDE = (16, -8, 28, -20, 40, -32, 52, -44)
"""Where a name may stand, below or above its place: the first that covers the fewest marks."""
_MOST_COVERED = 1


def _that_fit(
    names: Iterable[tuple[tuple[float, float], str]],
    marks: Sequence[tuple[float, float]],
    high: float,
) -> list[tuple[float, float, str]]:
    """The names that cover none before them and hardly any mark, kept inside of the drawing."""
    laid: list[tuple[float, float, str, float]] = []
    for (centre, middle), name in names:
        words = shortened(name, _NAME_LETTERS)
        half = len(words) * _LETTER_WIDE / 2
        x = min(max(centre, MARGIN + half), WIDTH - MARGIN - half)
        free = [
            (_covered(x, middle + below, half, marks), place, middle + below)
            for place, below in enumerate(_BESIDE)
            if _NAME_HIGH <= middle + below <= max(high, middle + _BESIDE[0])
            and all(
                abs(middle + below - b) > _NAME_HIGH or abs(x - a) > half + wide
                for a, b, _, wide in laid
            )
        ]
        if free and (best := min(free))[0] <= _MOST_COVERED:
            laid.append((x, best[2], words, half))
    return [(round(x, 1), round(y, 1), words) for x, y, words, _ in laid]


def _covered(x: float, y: float, half: float, marks: Sequence[tuple[float, float]]) -> int:
    """How many marks lie below a name whose letters stand on `y`."""
    return sum(abs(x - a) < half + _MARK and y - _LETTER_HIGH < b < y + _MARK for a, b in marks)


_MARK, _LETTER_HIGH = 4, 13
