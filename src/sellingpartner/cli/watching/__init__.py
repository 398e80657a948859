"""Commands that look on: the calls that were made, and what applications are told."""
