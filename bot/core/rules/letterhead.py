"""What a unit's papers carry at the head and at the foot."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """What the unit's papers carry, defaults filled in. `place` empty: dots to fill in."""

    superior: str
    issuer: str
    symbol: str
    place: str
    recipients: tuple[str, ...]
    authority: str
    position: str
    signatory: str
