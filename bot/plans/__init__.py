"""The plans (kế hoạch) as work: who does what by when, what came of it, the units' own plans."""
