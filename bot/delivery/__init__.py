"""To and from Telegram: the durable inbox, the outbox's dispatcher, rate limits."""
