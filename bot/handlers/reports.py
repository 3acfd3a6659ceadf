"""Reporting a visit."""

HANDLERS = ()
