"""Yearly, periodic and requested summaries: who owes what, writing it, sending it, adding it up."""
