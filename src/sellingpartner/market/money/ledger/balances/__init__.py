"""What a seller has: money matures, is kept in reserve, leaves at a period's end or on demand, or is owed."""
