"""Ids of requests: random, though nobody has to be kept from guessing them, so the system is not asked for each."""

from __future__ import annotations

import os
from random import Random

_luck = Random()  # noqa: S311 - no secret
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_luck.seed)  # or parent and child would give the same ids


def new_request_id() -> str:
    """A UUID of version 4 (RFC 9562, section 5.4) that no other request has."""
    digits = f"{_luck.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
