"""How enterprises without a union come to one: steps, surveys, founding, campaigns."""
