"""Groups: a unit's own group hears of its week and of alerts, without names."""
