"""What Brazil's invoices can be, and how long things take: `data/rules.toml`.

Assumed: names of invoice types and transaction types beside those of Amazon's examples are made up; an invoice that is
handed in is decided within minutes, as it is held against the authority's records.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib.resources import files
from random import Random

import msgspec

Minutes = tuple[int, int]


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for every invoice."""

    process_minutes: Minutes
    issue_minutes: Minutes
    export_minutes: Minutes
    largest_bytes: int
    in_a_file: int
    link_lasts_seconds: int
    keeps_exports_days: int
    statuses: dict[str, str]
    invoice_types: dict[str, str]
    transaction_types: dict[str, str]
    transaction_identifiers: dict[str, str]
    rejections: dict[str, str]


@cache
def rules() -> Rules:
    """The rules."""
    path = files("sellingpartner.market.invoicing") / "data" / "rules.toml"
    return msgspec.toml.decode(path.read_bytes(), type=Rules)


def takes(luck: Random, minutes: Minutes) -> timedelta:
    """How long something takes this time."""
    return timedelta(minutes=luck.uniform(*minutes))
