"""What a unit's papers carry at the head and at the foot."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Head:
    """What the unit's papers carry, defaults filled in. `place` empty: dots to fill in.

    `issuer`: the full official name. `short_name`: the same within sentences and tables, without
    abbreviations too; empty: the issuer's. `bases`: by plan, what its reports carry out, the words
    after "Thực hiện". Kept with each version that was sent: add fields with a default only.
    """

    superior: str
    issuer: str
    symbol: str
    place: str
    recipients: tuple[str, ...]
    authority: str
    position: str
    signatory: str
    short_name: str = ""
    bases: dict[str, str] = field(default_factory=dict)

    @property
    def named(self) -> str:
        """The unit within a sentence or a table."""
        return self.short_name or self.issuer

    @property
    def speaker(self) -> str:
        """Who reports: Ban Thường vụ Công đoàn …, after the authority to sign."""
        committee = self.authority.upper().removeprefix("TM.").strip()
        return (
            f"{_COMMITTEES[committee]} {self.issuer}" if committee in _COMMITTEES else self.issuer
        )

    def symbol_of(self, kind: str) -> str:
        """BC-CĐ, which reports carry, as minutes (BB) or another kind carry it."""
        own = self.symbol
        return own.replace(_REPORTS, f"{kind}-", 1) if _REPORTS in own else f"{kind}-CĐ"


_REPORTS = "BC-"
_COMMITTEES = {"BAN THƯỜNG VỤ": "Ban Thường vụ", "BAN CHẤP HÀNH": "Ban Chấp hành"}
