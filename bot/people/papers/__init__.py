"""Papers about people: who is to be invited, the sheet of their links."""
