"""Conversations: each a form declared in one file, readable top to bottom."""
