"""Documents that say what is so: asked for, made on the clock, kept and fetched."""
