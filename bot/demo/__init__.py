"""The demo: an invented province, the sandbox beside the real program, one command."""
