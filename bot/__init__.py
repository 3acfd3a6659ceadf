"""Sát cơ sở, gắn công nhân: the bot."""
