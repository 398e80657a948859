"""What a command cannot do, as opposed to what the market refuses."""

from __future__ import annotations


class Refused(Exception):
    """What was answered with success and is a refusal all the same, once its answer is printed."""


class CannotDo(Exception):
    """Wrong usage, or nobody there: one line that names the cure."""


class NobodyThere(CannotDo):
    """No market answers at the address."""
