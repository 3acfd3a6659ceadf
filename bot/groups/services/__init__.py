"""Use cases: one function is one transaction. Permission is checked here, at every use."""
