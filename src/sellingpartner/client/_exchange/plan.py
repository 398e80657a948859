"""What is the same for every call of an operation."""

from __future__ import annotations

from typing import NamedTuple

from sellingpartner.client.tokens.purposes import Purpose
from sellingpartner.contract.operation import Rate


class Plan(NamedTuple):
    """How an operation is called."""

    purpose: Purpose
    scopes: tuple[str, ...]
    """What the seller must have granted for it: any one of these; empty where nothing in particular."""
    throttle_key: str
    limit: Rate | None
    idempotent: bool
    base: str
