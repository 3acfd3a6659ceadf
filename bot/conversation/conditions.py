"""When a step of a form applies, as data: a form that is filled in away from the program asks the
same questions after the same answers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.kinds import TROUBLE
from bot.core.rules.writing import plain_words

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class MarkedTrouble:
    """The checklist of `step` marks one of `items` as "có vấn đề"."""

    step: str
    items: tuple[str, ...]

    def __call__(self, answers: Answers) -> bool:
        states = (answers.get(self.step) or {}).get("states", {})
        return any(states.get(item) == TROUBLE for item in self.items)

    def plain(self) -> dict[str, Any]:
        """The same for the phone."""
        return {"sort": "marked", "step": self.step, "items": list(self.items)}


@dataclass(frozen=True)
class Answered:
    """There is an answer to `step`, and it is none of `but_not`."""

    step: str
    but_not: tuple[str, ...] = ()

    def __call__(self, answers: Answers) -> bool:
        answer = answers.get(self.step)
        return answer is not None and answer not in self.but_not

    def plain(self) -> dict[str, Any]:
        """The same for the phone."""
        return {"sort": "answered", "step": self.step, "but_not": list(self.but_not)}


@dataclass(frozen=True)
class States:
    """The words of `step` say something, and not only `nothing`: a pattern of what in plain words
    means that there is none. It is read by JavaScript as well, so it keeps to what both know.
    """

    step: str
    nothing: str

    def __call__(self, answers: Answers) -> bool:
        words = plain_words(answers.get(self.step) or "")
        return bool(words) and not re.fullmatch(self.nothing, words)

    def plain(self) -> dict[str, Any]:
        """The same for the phone."""
        return {"sort": "states", "step": self.step, "nothing": self.nothing}


Condition = MarkedTrouble | Answered | States
