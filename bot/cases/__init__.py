"""Concerns of workers and proposals: handling, clocks, early warning, what is stored about me."""
