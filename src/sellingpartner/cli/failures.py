"""What a command cannot do, as opposed to what the market refuses."""

from __future__ import annotations


class CannotDo(Exception):
    """Wrong usage, or nobody there: one line that names the cure."""
