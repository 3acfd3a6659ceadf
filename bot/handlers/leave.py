"""Leave (nghỉ phép)."""

HANDLERS = ()
