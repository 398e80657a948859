"""What both versions of the Orders API show of a tax that the marketplace collects."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_2026_01_01 import GetOrder as GetNewer
from sellingpartner.contract.orders_2026_01_01 import IncludedData
from sellingpartner.contract.orders_2026_01_01 import Money as NewerMoney
from sellingpartner.contract.orders_v0 import DeemedResellerCategory, GetOrder, GetOrderItems, OrderItem
from sellingpartner.contract.orders_v0 import Money as OlderMoney
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.orders.commands import cancel, place
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import ADDRESS, BUYER

AFN, MFN = FulfillmentChannel.AFN, FulfillmentChannel.MFN
EUROPE, AUSTRALIA = "Amazon Services Europe S.a.r.L.", "Amazon Commercial Services Pty Ltd"


class Stall:
    """A seller whose business is in some country, with one thing for sale in another one."""

    def __init__(self, market: TestMarket, shop: str, established: str, channel: FulfillmentChannel) -> None:
        self.here = BY_COUNTRY[shop]
        self.market = market
        with market.market.write() as unit:
            marketplaces = [self.here.marketplace_id]
            self.account = join_seller(unit, "Far Goods", marketplaces, country_code=established)
        with market.market.write(self.account.seller_id) as unit:
            (asin,) = add_items(unit, [NewItem(product_type="MUG", title="Far Mug", brand="Far")])
            price = Money(1999, self.here.currency)
            listing = NewListing(
                sku="MUG",
                marketplace_id=self.here.marketplace_id,
                asin=asin,
                price=price,
                fulfillment_channel=channel,
            )
            receive(unit, "MUG", list_item(unit, listing).place, 50, reference="opening stock")
        self.caller: Caller = market.caller(seller=self.account)

    def sells(self, quantity: int, to: str, *, is_business: bool = False) -> str:
        line = PurchaseLine(sku="MUG", quantity=quantity, shipping=499, promotion_discount=100)
        purchase = Purchase(
            marketplace_id=self.here.marketplace_id,
            lines=(line,),
            buyer=BUYER,
            address=structs.replace(ADDRESS, country_code=to, state_or_region=None),
            is_business=is_business,
        )
        with self.market.market.write(self.account.seller_id) as unit:
            return place(unit, purchase).order_id

    def item(self, order_id: str) -> OrderItem:
        (item,) = self.caller.send(GetOrderItems(order_id=order_id)).payload.order_items
        return item


def value(money: OlderMoney | NewerMoney | None) -> Decimal:
    """What an amount is worth; nothing if it is not there."""
    return Decimal(money.amount or 0) if money else Decimal(0)


def paid(item: OrderItem, *, tax_included: bool) -> Decimal:
    """What a buyer pays for an item, from its parts."""
    total = value(item.item_price) + value(item.shipping_price)
    total -= value(item.promotion_discount) + value(item.shipping_discount)
    if not tax_included:
        total += value(item.item_tax) + value(item.shipping_tax)
        total -= value(item.promotion_discount_tax) + value(item.shipping_discount_tax)
    return total


@pytest.mark.parametrize(
    ("shop", "established", "channel", "quantity", "to", "shown"),
    [
        # shown: TaxCollection of v0, category, whether there is an IOSS number, scheme and party of 2026-01-01, tax
        ("DE", "CN", MFN, 2, "DE", (False, "IOSS", True, "IOSS", EUROPE, "6.38")),
        ("DE", "CN", MFN, 2, "AT", (False, "IOSS", True, "IOSS", EUROPE, "6.66")),
        ("DE", "CN", MFN, 10, "DE", (False, None, False, None, None, "0.00")),
        ("DE", "CN", AFN, 10, "DE", (False, "UOSS", False, "UOSS", EUROPE, "31.92")),
        ("DE", "DE", MFN, 2, "DE", (False, None, False, None, None, "6.38")),
        ("DE", "DE", MFN, 2, "CH", (True, None, False, None, EUROPE, "3.00")),
        ("GB", "CN", MFN, 2, "GB", (True, None, False, None, EUROPE, "6.66")),
        ("AU", "CN", MFN, 2, "AU", (True, None, False, None, AUSTRALIA, "3.63")),
        ("CA", "CN", AFN, 2, "GB", (False, None, False, None, None, "0.00")),
        ("US", "US", MFN, 2, "GB", (True, None, False, None, EUROPE, "8.00")),
    ],
)
def test_both_versions_say_who_collects_and_the_parts_add_up(
    market: TestMarket,
    shop: str,
    established: str,
    channel: FulfillmentChannel,
    quantity: int,
    to: str,
    shown: tuple[bool, str | None, bool, str | None, str | None, str],
) -> None:
    stall = Stall(market, shop, established, channel)
    order_id = stall.sells(quantity, to)

    older, item = stall.caller.send(GetOrder(order_id=order_id)).payload, stall.item(order_id)
    newer = stall.caller.send(GetNewer(order_id=order_id, included_data=list(IncludedData))).order

    (new_item,) = newer.order_items
    tax = new_item.tax
    shipping = new_item.fulfillment.shipping if new_item.fulfillment else None
    abroad = shipping.international_shipping if shipping else None
    schemes = [one.reporting_scheme for one in tax.tax_calculation_breakdowns or []] if tax else []
    parties = [one.responsible_party for one in tax.tax_collections or []] if tax else []
    assert (
        item.tax_collection is not None,
        item.deemed_reseller_category.value if item.deemed_reseller_category else None,
        item.ioss_number is not None,
        next(iter(schemes), None),
        next(iter(parties), None),
        item.item_tax.amount if item.item_tax else None,
    ) == shown
    assert (abroad.ioss_number if abroad else None) == item.ioss_number
    total = value(older.order_total)
    assert total == paid(item, tax_included=shop not in {"US", "CA"})
    assert newer.proceeds is not None
    assert total == value(newer.proceeds.grand_total)
    assert total == sum((value(one.subtotal) for one in newer.proceeds.breakdowns or []), Decimal(0))


def test_an_order_keeps_its_scheme_when_units_of_it_are_canceled(market: TestMarket) -> None:
    stall = Stall(market, "DE", "CN", MFN)
    dear, cheap = stall.sells(10, "DE"), stall.sells(2, "DE")
    for order_id, units in ((dear, 9), (cheap, 1)):
        wanted = {stall.item(order_id).order_item_id: units}
        with market.market.write(stall.account.seller_id) as unit:
            cancel(unit, order_id, by=Canceler.SELLER, reason="NoInventory", quantities=wanted)

    assert stall.item(dear).deemed_reseller_category is None
    assert stall.item(cheap).deemed_reseller_category is DeemedResellerCategory.IOSS
    assert stall.item(stall.sells(2, "DE", is_business=True)).ioss_number is None
