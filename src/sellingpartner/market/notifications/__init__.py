"""What leaves the market for an application's queue: written with what caused it, sent after the commit."""
