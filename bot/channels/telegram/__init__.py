"""Telegram's door: updates become requests, replies become calls; inbox, outbox, limits, files."""
