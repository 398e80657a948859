"""The way to whoever is called: Amazon, or a market; and what is made of many answers."""
