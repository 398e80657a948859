"""What keeps Amazon's names from being answered here, in one line that names the cure."""

from __future__ import annotations


class CannotIntercept(Exception):
    """Why a program cannot be led to the market."""
