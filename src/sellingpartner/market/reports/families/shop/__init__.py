"""Reports on how a shop does: what is looked at, searched for and bought, and how its seller performs."""
