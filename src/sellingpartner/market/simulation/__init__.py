"""The life of the demo world: what is sold, who buys it, and when, all from a seed."""
