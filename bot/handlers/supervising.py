"""Supervisors: giving, moving and excusing visits."""

HANDLERS = ()
