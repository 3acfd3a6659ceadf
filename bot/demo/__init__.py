"""The demo: an invented province, the sandbox beside the real program, one command."""

from datetime import timedelta

START_OF_STORY = timedelta(hours=6, minutes=45)  # on Monday, before the week is assigned
