"""What a press costs: a small Bot API server, the bots it is measured with, one process each."""
