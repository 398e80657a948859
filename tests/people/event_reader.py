"""Somebody who reads what events of Finances v0 come to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

Json = dict[str, Any]


def amounts_in(value: object) -> Iterator[Decimal]:
    """Every amount below, as Finances v0 writes them."""
    if isinstance(value, dict):
        if "CurrencyAmount" in value:
            yield Decimal(str(value["CurrencyAmount"]))
            return
        for one in value.values():
            yield from amounts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from amounts_in(one)


_TOTALS = ("AdjustmentAmount", "RecoveryAmount", "ReimbursedAmount", "TransactionAmount", "TransferAmount")


def worth(event: Json) -> Decimal:
    """What an event of v0 comes to: its total where it has one, else all amounts in it."""
    total = next((event[name] for name in _TOTALS if name in event), event)
    return sum(amounts_in(total), Decimal())
