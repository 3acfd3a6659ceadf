"""Facts -> files. No database."""
