"""Whether there is enough on the shelf for an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from sellingpartner.batched import batched
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType
from sellingpartner.contract.listings_items_2021_08_01 import (
    IdentifiersType,
    SearchListingsItems,
    SearchListingsItemsIncludedData,
)
from sellingpartner.workflows.model import Units
from sellingpartner.workflows.steps import Steps, ask

OnHand = Callable[[str], int | None]
"""How many units of a SKU are on the seller's own shelf; None where nobody counts."""

_AT_ONCE = 20
_OWN_STOCK = "DEFAULT"


class Shelf:
    """What is there for the orders of a run, of which each takes what it needs.

    Where the seller counts (`on_hand`), that decides. Else the listings only say how many more can be sold: what was
    ordered, Amazon has taken off them already.
    """

    def __init__(self, on_hand: OnHand | None, listed: Mapping[str, int]) -> None:
        self._on_hand = on_hand
        self._listed = listed
        self._left: dict[str, int | None] = {}

    def missing(self, units: Sequence[Units]) -> dict[str, int]:
        """How many units of which SKU are not there."""
        wanted = _by_sku(units)
        return {
            sku: count - left for sku, count in wanted.items() if (left := self._of(sku)) is not None and left < count
        }

    def take(self, units: Sequence[Units]) -> None:
        """Take the units of an order from the shelf."""
        for sku, count in _by_sku(units).items():
            left = self._of(sku)
            self._left[sku] = None if left is None else left - count

    def told(self, units: Sequence[Units]) -> str:
        """What is there, in words."""
        return ", ".join(self._words(sku, count) for sku, count in _by_sku(units).items())

    def _words(self, sku: str, count: int) -> str:
        left = self._of(sku)
        if left is not None:
            return f"{count} of {left} {sku}"
        return f"{count} {sku}, {self._listed[sku]} more for sale" if sku in self._listed else f"{count} {sku}"

    def _of(self, sku: str) -> int | None:
        if self._on_hand is not None and sku not in self._left:
            self._left[sku] = self._on_hand(sku)
        return self._left.get(sku)


def listed(skus: Sequence[str], seller_id: str, marketplace_ids: Sequence[str]) -> Steps[dict[str, int]]:
    """How many of each SKU can be sold from the seller's own stock, as its listings say."""
    found: dict[str, int] = {}
    for some in batched(skus, _AT_ONCE):
        asked = SearchListingsItems(
            seller_id=seller_id,
            marketplace_ids=list(marketplace_ids)[:1],
            identifiers=some,
            identifiers_type=IdentifiersType.SKU,
            included_data=[SearchListingsItemsIncludedData.FULFILLMENT_AVAILABILITY],
            page_size=_AT_ONCE,
        )
        for item in (yield from ask(asked)).items:
            for one in item.fulfillment_availability or ():
                if one.fulfillment_channel_code == _OWN_STOCK and one.quantity is not None:
                    found[item.sku] = one.quantity
    return found


def at_amazon(skus: Sequence[str], marketplace_id: str) -> Steps[dict[str, int]]:
    """How many units of SKUs lie at Amazon and could be shipped from there; those of which there are any."""
    asked = GetInventorySummaries(
        granularity_type=GranularityType.MARKETPLACE,
        granularity_id=marketplace_id,
        marketplace_ids=[marketplace_id],
        seller_skus=list(skus),
        details=True,
    )
    found = (yield from ask(asked)).payload.inventory_summaries
    counts = {
        one.seller_sku or "": one.inventory_details and one.inventory_details.fulfillable_quantity for one in found
    }
    return {sku: count for sku, count in counts.items() if count}


def _by_sku(units: Sequence[Units]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in units:
        counts[one.sku or ""] += one.quantity
    return counts
