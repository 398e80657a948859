"""Documents that say what is to be so: handed in, worked off on the clock, and answered message by message."""
