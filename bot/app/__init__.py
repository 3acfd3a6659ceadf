"""The only wiring: what the areas bring along, put together and run."""
