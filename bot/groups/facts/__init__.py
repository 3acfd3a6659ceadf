"""Plain values that services return and cards show."""
