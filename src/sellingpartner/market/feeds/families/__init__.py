"""Families of feeds, a module each; `families.toml` says which module carries out which types."""
