"""The world: pure rules and tables, a package for each context. Nothing here knows HTTP."""
