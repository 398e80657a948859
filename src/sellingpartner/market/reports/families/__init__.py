"""Families of reports, a module each; `families.toml` says which module knows which types."""
