"""Sales: what a buyer pays, what is withheld and taken of it, and what goes back to the buyer."""
