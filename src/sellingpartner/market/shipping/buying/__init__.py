"""Labels are bought, weighed afterwards, and given back."""
