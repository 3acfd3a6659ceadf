"""The officer's week."""

HANDLERS = ()
