"""The sandbox beside a market: a second world, and the static cases of Amazon's published models."""
