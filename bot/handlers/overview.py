"""Supervisors: the week at a glance, down to the single report."""

HANDLERS = ()
