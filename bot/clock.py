"""The one source of `now`. The sandbox can move it; nothing else in the program asks the system."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The system's time plus an offset, which is zero outside the sandbox and the tests."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None

    def now(self) -> datetime:
        """The current moment, aware, UTC."""
        return self._frozen or datetime.now(UTC) + self._offset

    def set(self, moment: datetime) -> None:
        """Move to `moment` (aware) and run on from there."""
        self._frozen = None
        self._offset = moment - datetime.now(UTC)

    def freeze(self, moment: datetime) -> None:
        """Stand still at `moment` (aware), for tests."""
        self._frozen = moment.astimezone(UTC)
