"""Plans are made, renamed and given up."""
