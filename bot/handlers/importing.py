"""Administrators: the list of units as an xlsx file."""

HANDLERS = ()
