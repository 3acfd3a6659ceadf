"""A leader writes to many: officers, leaders, grassroots committees of a unit with all below it."""
