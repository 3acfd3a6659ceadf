"""Coming in by an invitation link."""

HANDLERS = ()
