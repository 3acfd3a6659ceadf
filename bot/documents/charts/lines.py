"""A number over time beside the straight line that leads to a target."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.rendering import number
from bot.documents.charts.frame import MARGIN, WIDTH, Heading, axis, drawn

_HIGH, _LEFT, _RIGHT = 190, 52, 26
_LABELS = 6
_LETTER = 7.5  # how wide a digit of the numbers at the ends is
_LEAST_SHARE = 1 / 50  # of the highest number that the axis spans at least


@dataclass(frozen=True)
class Lines:
    """`labels` name the points in time. `real`: what was reached, as far as it is known;
    `straight`: what leads evenly from the beginning to the target, empty where there is none.
    `places`: where in time the points lie, rising, in any unit; empty where all are equally apart.
    """

    head: Heading
    labels: Sequence[str]
    real: Sequence[float]
    straight: Sequence[float] = ()
    places: Sequence[float] = ()

    def svg(self) -> str:
        """The drawing."""
        values = [*self.real, *self.straight] or [0.0]
        scale = axis(*self._reach(values))
        ground = _HIGH + 14
        places = self.places or range(len(self.labels))
        wide = (WIDTH - _LEFT - _RIGHT) / ((places[-1] - places[0]) or 1 if places else 1)

        def at(place: int, value: float) -> tuple[float, float]:
            along = (places[place] - places[0]) * wide if places else 0
            return round(_LEFT + along, 2), round(ground - scale.share(value) * _HIGH, 2)

        every = max(1, -(-(len(self.labels) - 1) // (_LABELS - 1)))
        facts = {
            "ground": ground,
            "left": _LEFT,
            "marks": [(number(m), at(0, m)[1]) for m in scale.marks],
            "labels": [
                (at(place, 0)[0], label)
                for place, label in enumerate(self.labels)
                if place % every == 0
            ],
            "real": [at(place, value) for place, value in enumerate(self.real)],
            "straight": [at(place, value) for place, value in enumerate(self.straight)],
            "ends": self._ends(at),
        }
        return drawn("lines", self.head, ground + 16, facts)

    def _reach(self, values: Sequence[float]) -> tuple[float, float]:
        """From where to where the axis goes: what hardly moves is drawn as hardly moving."""
        low, high = min(values), max(values)
        lacking = max(4.0, high * _LEAST_SHARE) - (high - low)
        if self.straight or not high or lacking <= 0:
            return low, high
        low = max(0.0, low - lacking / 2)
        return low, high + lacking / 2

    def _ends(
        self, at: Callable[[int, float], tuple[float, float]]
    ) -> list[tuple[float, float, str, str]]:
        """The numbers at the ends: (x, y, words, class); neither covers the other's line."""
        ends = []
        if self.straight:
            x, y = at(len(self.straight) - 1, self.straight[-1])
            ends.append((x + _RIGHT - MARGIN / 2, y - 6, number(self.straight[-1]), "soft end"))
        if self.real:
            x, y = at(len(self.real) - 1, self.real[-1])
            low = bool(self.straight) and self.real[-1] < self.straight[len(self.real) - 1]
            words = number(self.real[-1])
            if low and self._comes_from_below(at):
                fits = x + 7 + _LETTER * len(words) <= WIDTH
                beside = (
                    (x + 7, y + 5, words, "loud") if fits else (x - 8, y + 5, words, "loud end")
                )
                ends.append(beside)
            else:
                where = min(max(x, _LEFT + 22), WIDTH - _RIGHT - 8)
                ends.append((where, y + (22 if low else -9), words, "loud mid"))
        return ends

    def _comes_from_below(self, at: Callable[[int, float], tuple[float, float]]) -> bool:
        """Whether the line would run through a number below its end."""
        last = len(self.real) - 1
        return last > 0 and at(last - 1, self.real[-2])[1] - at(last, self.real[-1])[1] > 10
