"""Facts -> Vietnamese text and buttons. No decisions, no database, no channel."""
