"""Over which fulfillment centers a plan is split: the ways that there are, and the one that its seller chooses."""
