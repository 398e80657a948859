"""A shop whose units lie at Amazon, to which everything happens that may; and what its reports must then say.

What happens is drawn by a number, so that a history can be lived again.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from random import Random
from typing import Any

import pytest

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.fba_inventory_v1 import (
    GetInventorySummaries,
    GranularityType,
    InventorySummary,
)
from sellingpartner.contract.listings_items_2021_08_01 import Item, SearchListingsItems
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.centers.questions import centers_of
from sellingpartner.market.inventory.commands import adjust, receive, transfer
from sellingpartner.market.inventory.incidents import damage, dispose, find, lose
from sellingpartner.market.inventory.model import DAMAGED, Condition, Place
from sellingpartner.market.listings.commands import close_listing, set_price
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.commands import ask_return, receive_return, send_return
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.removals.commands import request_removal
from sellingpartner.market.removals.model import NewRemoval, RemovalKind, Wanted
from sellingpartner.testing import TestMarket
from sellingpartner.testing.papers import Paper

SKUS = ("BOWL-S", "BOWL-M", "BOWL-L")


class StockKeeper:
    """Harbor Goods with three sizes of bowls in a fulfillment center, on eventful days."""

    def __init__(self, market: TestMarket, seed: int) -> None:
        self.market, self.luck = market, Random(seed)
        self.seller_id = market.seller_account.seller_id
        self.began, self.currency = market.now, MARKETPLACES[market.marketplace_id].currency
        self.minor_units = 10 ** exponent_of(self.currency)
        self.orders: list[str] = []
        self.happened: Counter[str] = Counter()
        with market.market.write(self.seller_id) as unit:
            asins = add_items(unit, [_bowl(sku, size) for size, sku in enumerate(SKUS, 2)])
        for sku, asin in zip(SKUS, asins, strict=True):
            market.lists(sku, cents=2500, stock=40, asin=asin, fulfillment_channel=FulfillmentChannel.AFN)

    def lives(self, deeds: int, *, at_most_hours: int = 30) -> None:
        """Let so many things happen, some hours after each other; what is not possible is refused."""
        for _ in range(deeds):
            name = self.luck.choice(tuple(_DEEDS))
            try:
                _DEEDS[name](self, self.luck.choice(SKUS), self.luck.randint(1, 4))
            except SellingPartnerError:
                self.happened["refused"] += 1
            else:
                self.happened[name] += 1
            self.market.advance(hours=self.luck.randint(0, at_most_hours))

    def buys(self, sku: str, quantity: int) -> None:
        """Somebody orders."""
        self.orders.append(self.market.buys(sku, quantity, paid=self.luck.random() < 0.9))

    def sells_unpaid(self) -> None:
        """Somebody orders of the largest size that is still on sale, and does not pay yet."""
        for sku in reversed(SKUS):
            try:
                self.market.buys(sku, 1, paid=False)
            except SellingPartnerError:
                continue
            return
        pytest.fail("Nothing is on sale.")

    def sends_back(self, _sku: str, quantity: int) -> None:
        """Somebody sends something back."""
        order_id = self.luck.choice(self.orders or ["none"])
        condition = self.luck.choice((Condition.SELLABLE, Condition.CUSTOMER_DAMAGED, Condition.DEFECTIVE))
        with self.market.market.write(self.seller_id) as unit:
            (item,) = order_of(unit, order_id).items
            wanted = {item.order_item_id: min(quantity, 1)}
            back = ask_return(unit, order_id, quantities=wanted, reason="NoLongerNeeded", is_late=True)
            send_return(unit, order_id, back.return_id)
            receive_return(unit, order_id, back.return_id, condition=condition)

    def gets(self, sku: str, quantity: int) -> None:
        """A delivery comes."""
        with self.market.market.write(self.seller_id) as unit:
            receive(unit, sku, Place.FBA, quantity, reference=f"FBA{self.luck.randrange(10**6)}")

    def counts(self, sku: str, quantity: int) -> None:
        """Somebody counts anew what there is in some condition."""
        condition = self.luck.choice(tuple(Condition))
        with self.market.market.write(self.seller_id) as unit:
            adjust(unit, sku, Place.FBA, on_hand=quantity, reference="count", condition=condition)

    def suffers(self, sku: str, quantity: int) -> None:
        """Amazon does something to what lies there."""
        with self.market.market.write(self.seller_id) as unit:
            match self.luck.randrange(4):
                case 0:
                    lose(unit, sku, quantity)
                case 1:
                    find(unit, sku, quantity)
                case 2:
                    damage(unit, sku, quantity)
                case _:
                    dispose(unit, sku, quantity, self.luck.choice(sorted(DAMAGED)))

    def spreads(self, sku: str, quantity: int) -> None:
        """Amazon sends units to another center."""
        with self.market.market.write(self.seller_id) as unit:
            here = [one.code for one in centers_of(MARKETPLACES[self.market.marketplace_id].country_code)]
            transfer(unit, sku, quantity, to=self.luck.choice(here))

    def removes(self, sku: str, quantity: int) -> None:
        """The seller has units sent back, or destroyed."""
        kind = self.luck.choice(tuple(RemovalKind))
        wanted = Wanted(sku=sku, sellable=quantity, unsellable=self.luck.randint(0, 1))
        with self.market.market.write(self.seller_id) as unit:
            request_removal(unit, NewRemoval(kind=kind, items=(wanted,)))

    def loses_and_breaks(self, sku: str, quantity: int) -> None:
        """Amazon loses units, and breaks as many."""
        with self.market.market.write(self.seller_id) as unit:
            lose(unit, sku, quantity)
            damage(unit, sku, quantity)

    def prices(self, sku: str, quantity: int) -> None:
        """The seller changes a price, or takes something off sale."""
        here = self.market.marketplace_id
        with self.market.market.write(self.seller_id) as unit:
            if self.luck.random() < 0.1:
                close_listing(unit, sku, here)
            else:
                # Always more than a sale costs: a unit that brings nothing is worth nothing where it is lost.
                set_price(unit, sku, here, Money(1000 + quantity * 1000 + self.luck.randrange(1000), self.currency))

    def report(self, report_type: str, start: datetime | None = None, **options: str) -> Paper:
        """A report that was not asked for lately; all until now, unless said."""
        self.market.advance(hours=5)
        return self.market.report(report_type, start=start or self.began, options=options or None)

    def summaries(self) -> dict[str, InventorySummary]:
        """What getInventorySummaries says, by SKU."""
        asked = GetInventorySummaries(
            granularity_type=GranularityType.MARKETPLACE,
            granularity_id=self.market.marketplace_id,
            marketplace_ids=[self.market.marketplace_id],
            details=True,
        )
        payload = self.market.seller.send(asked).payload
        assert payload is not None
        return {str(one.seller_sku): one for one in payload.inventory_summaries}

    def listings(self) -> dict[str, Item]:
        """What searchListingsItems finds, by SKU."""
        asked = SearchListingsItems(
            seller_id=self.seller_id,
            marketplace_ids=[self.market.marketplace_id],
            included_data=["summaries", "offers", "fulfillmentAvailability"],  # type: ignore[list-item] # as it travels
            page_size=20,
        )
        return {one.sku: one for one in self.market.seller.send(asked).items}


def unquoted(paper: Paper) -> list[dict[str, str]]:
    """The rows of a table whose fields all stand in quotation marks."""
    return [{key.strip('"'): value.strip('"') for key, value in row.items()} for row in paper.rows]


def _bowl(sku: str, size: int) -> NewItem:
    return NewItem(
        product_type="MUG",
        title=f"Bowl {sku}",
        brand="Harbor",
        weight_grams=300 * size,
        length_mm=100 * size,
        width_mm=100 * size,
        height_mm=60,
    )


_DEEDS: dict[str, Any] = {
    "buys": StockKeeper.buys,
    "sends back": StockKeeper.sends_back,
    "gets": StockKeeper.gets,
    "counts": StockKeeper.counts,
    "suffers": StockKeeper.suffers,
    "suffers more": StockKeeper.suffers,
    "prices": StockKeeper.prices,
    "spreads": StockKeeper.spreads,
    "removes": StockKeeper.removes,
}
