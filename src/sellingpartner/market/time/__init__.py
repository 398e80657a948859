"""Market time and what hangs on it: clock, schedule, chance, identifiers, the form of a lifecycle."""
