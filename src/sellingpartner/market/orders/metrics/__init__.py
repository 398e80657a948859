"""What was ordered in a stretch of time: sums, kept or reckoned, of orders and of their lines."""
