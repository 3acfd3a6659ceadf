"""The first card of everybody, and what leads there."""
