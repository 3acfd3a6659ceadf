"""Administrators: inviting people, the list of those who came in."""

HANDLERS = ()
