"""Zalo's bots: texts of 2,000 characters, no buttons and no edits. Never tried with Zalo itself."""
