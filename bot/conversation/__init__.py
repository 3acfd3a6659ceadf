"""Conversations: forms as data, and the engine that walks a draft through its form."""
