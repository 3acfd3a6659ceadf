"""The doors through which people reach the program; the only places that know a channel."""
