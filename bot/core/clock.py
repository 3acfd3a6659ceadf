"""The one source of `now`. The sandbox can move it; nothing else in the program asks the system.

It takes the machine's time once and then runs on by a clock that nobody can set: a jump of the
machine's clock moves nothing here until `bot.clock_watch` has found out who is right.
"""

import time
from datetime import UTC, datetime, timedelta

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # Linux: runs on in a suspend too


class Clock:
    """The present, aware, UTC.

    `led`: the sandbox or a test says what time it is. `trusted`: the program may act by itself.
    `doubted`: somebody says otherwise, so that nothing may be done that cannot be undone.
    """

    def __init__(self) -> None:
        self.led, self.trusted, self.doubted = False, True, False
        self._frozen: datetime | None = None
        self.go_by(self.machine())

    def now(self) -> datetime:
        """The current moment, aware, UTC."""
        return self._frozen or self._moment + timedelta(seconds=self.steady() - self._since)

    def machine(self) -> datetime:
        """What the machine's clock says, right or wrong."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Seconds that nobody can set."""
        return time.clock_gettime(_STEADY)

    def go_by(self, moment: datetime) -> None:
        """Run on from `moment` (aware)."""
        self._moment, self._since = moment.astimezone(UTC), self.steady()

    def set(self, moment: datetime) -> None:
        """Be led to `moment` (aware) and run on from there."""
        self.led, self.trusted, self._frozen = True, True, None
        self.go_by(moment)

    def freeze(self, moment: datetime) -> None:
        """Stand still at `moment` (aware), for tests."""
        self.led, self.trusted, self._frozen = True, True, moment.astimezone(UTC)
