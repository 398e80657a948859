"""Reports on orders: what was ordered, what has left in packages, and what comes back."""
