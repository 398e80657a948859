"""Reports on a seller's money: settlements, and what is held."""
