"""Telegram: the durable inbox, the outbox, rate limits, files."""
