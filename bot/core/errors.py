"""What may go wrong in a way that people are told about."""


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """The request cannot be done; the text is Vietnamese, safe to show, and says what to do."""


class ConfigError(Exception):
    """The configuration is wrong; the text is English, one line a mistake, for the operator."""


class TurnLost(Exception):  # noqa: N818 - it reads as what happened
    """Another program has taken over what this one was about to keep, so nothing of it is kept."""
