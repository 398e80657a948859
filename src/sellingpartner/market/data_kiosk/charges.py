"""What Amazon charged for each product on each day, out of the ledger: the fees that entries post for their lines.

Assumed: what is charged for no product, such as the subscription, is in no product's economics.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from sellingpartner.market.money.ledger.model import Account, Entry, EntryKind, Posting
from sellingpartner.market.money.ledger.questions import EntryFilter, batches_of_entries, components, legs_of
from sellingpartner.storage.unit import UnitOfWork

_AMAZONS = frozenset({Account.FEES, Account.SERVICES})


class FeeName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a fee is called, the type by which a query asks for its parts, and what its one part is called."""

    name: str
    type: str = ""
    part: str = ""


class Charge(NamedTuple):
    """What an entry charges for a product, on which of some days; amounts below zero were given back."""

    day: int
    sku: str
    asin: str
    fee: str
    """The fee's component in the ledger."""
    minor: int
    tax_minor: int
    units: int
    """How many units it was charged for; none for what is given back."""


@cache
def fee_names() -> Mapping[str, FeeName]:
    """The names of fees, by their components."""
    place = files("sellingpartner.market.data_kiosk") / "fees.toml"
    return msgspec.toml.decode(place.read_bytes(), type=dict[str, FeeName])


def name_of(fee: str) -> FeeName:
    """What a fee is called; one that the table does not name, by its component."""
    return fee_names().get(fee) or FeeName(fee)


def charges_by_day(unit: UnitOfWork, marketplace_id: str, bounds: Sequence[datetime]) -> Iterator[Charge]:
    """The fees of products that were posted from each bound up to the next one, entry by entry."""
    wanted = EntryFilter(after=bounds[0], before=bounds[-1], marketplace_id=marketplace_id)
    for batch in batches_of_entries(unit, wanted):
        entries = [entry for entry in batch if entry.detail.lines]
        legs = legs_of(unit, [entry.entry_id for entry in entries])
        for entry in entries:
            yield from _of_entry(entry, legs[entry.entry_id], bisect_right(bounds, entry.posted_at) - 1)


def _of_entry(entry: Entry, legs: Sequence[Posting], day: int) -> Iterator[Charge]:
    known = components()
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for leg in legs:
        component = known.get(leg.component)
        if leg.line and component is not None and component.account in _AMAZONS and component.place == "fee":
            sums[leg.line, component.tax_of or component.key][component.tax_of is not None] += leg.amount_minor
    for (number, fee), (minor, tax) in sums.items():
        line = entry.detail.lines[number - 1]
        units = line.quantity if entry.kind in {EntryKind.SALE, EntryKind.SERVICE_FEE} else 0
        yield Charge(day, line.sku, line.asin, fee, minor, tax, units)
