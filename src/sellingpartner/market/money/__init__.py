"""What sellers are charged and paid."""
