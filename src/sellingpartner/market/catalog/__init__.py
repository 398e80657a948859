"""The marketplace's catalog: what can be sold, whoever sells it."""
