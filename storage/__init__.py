"""Tables, transactions and named queries. Never imports `bot`."""
