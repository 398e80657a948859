from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.orders import OrderCanceled, OrderPaid, OrderPlaced, OrderShipped, PreorderReleased
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.listings.commands import close_listing
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import OrderType, Purchase, PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import MixedChannels, NotBuyable, WrongState
from sellingpartner.testing import TestMarket

if TYPE_CHECKING:
    from tests.market.orders.conftest import Shop

SEATTLE = Address(
    name="Bo Reed", line_1="5 Pine St", city="Seattle", state_or_region="WA", postal_code="98101", country_code="US"
)


def test_an_order_counts_prices_tax_and_discounts(market: TestMarket, shop: Shop) -> None:
    lines = (
        PurchaseLine(sku="MUG-BLUE", quantity=2, shipping=499, promotion_discount=300, gift_wrap=350),
        PurchaseLine(sku="TEA/50 G&B 100%", unit_price=800, shipping_discount=100, shipping=100),
    )
    order = shop.order(market.buys(lines=lines, address=SEATTLE))

    mug, tea = (item.amounts for item in order.items)
    assert (mug.price, mug.tax, mug.shipping_tax, mug.promotion_discount_tax, mug.gift_wrap_tax) == (
        2998,
        195,
        32,
        20,
        23,
    )
    assert (tea.price, tea.tax, tea.shipping_tax, tea.shipping_discount_tax) == (800, 52, 7, 7)
    assert order.total == Money(2998 + 195 + 499 + 32 - 300 - 20 + 350 + 23 + 800 + 52, "USD")
    assert [item.title for item in order.items] == ["Stoneware Mug, Blue", "Breakfast Tea, 50 g"]


def test_where_prices_include_tax_the_total_is_the_prices() -> None:
    market = TestMarket(marketplaces=("A1PA6795UKMFR9",))

    with market.market.write(market.seller_account.seller_id) as unit:
        order = orders.place(unit, _german_purchase())

    assert order.items[0].amounts.tax == 239
    assert order.total == Money(1499, "EUR")
    assert order.order_id[:3] in {"302", "303", "304", "305", "306"}
    market.close()


def _german_purchase() -> Purchase:
    return Purchase(
        marketplace_id="A1PA6795UKMFR9",
        lines=(PurchaseLine(sku="MUG-BLUE"),),
        buyer=Buyer(name="Jan Roth"),
        address=Address(name="Jan Roth", line_1="Weg 1", city="Kiel", postal_code="24103", country_code="DE"),
    )


def test_a_paid_order_is_unshipped_and_holds_its_stock(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys("MUG-BLUE", quantity=3)

    assert shop.order(order_id).status is OrderStatus.UNSHIPPED
    assert shop.stock("MUG-BLUE") == Stock(on_hand=100, reserved=3)
    (placed,) = market.facts(OrderPlaced)
    assert (placed.order_id, placed.status, placed.total_minor) == (order_id, "Pending", 4497)
    assert [(line.sku, line.quantity, line.amounts.price) for line in placed.lines] == [("MUG-BLUE", 3, 4497)]
    assert [fact.order_id for fact in market.facts(OrderPaid)] == [order_id]


def test_more_than_there_is_cannot_be_ordered_and_nothing_of_it_remains(market: TestMarket, shop: Shop) -> None:
    with pytest.raises(OutOfStock):
        market.buys(lines=(PurchaseLine(sku="MUG-BLUE"), PurchaseLine(sku="MUG-RED", quantity=101)))

    assert shop.stock("MUG-BLUE") == Stock(on_hand=100, reserved=0)
    assert market.facts(OrderPlaced) == []


def test_an_unpaid_order_waits_until_somebody_pays(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(paid=False)
    market.advance(days=20)
    assert shop.order(order_id).status is OrderStatus.PENDING

    shop.do(orders.pay, order_id)

    assert shop.order(order_id).status is OrderStatus.UNSHIPPED


def test_a_payment_clears_after_its_delay(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(paid=False, payment_delay=timedelta(minutes=30))

    market.advance(minutes=29)
    assert shop.order(order_id).status is OrderStatus.PENDING
    market.advance(minutes=1)
    assert shop.order(order_id).status is OrderStatus.UNSHIPPED


def test_a_payment_that_fails_cancels_the_order_and_sets_its_stock_free(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(paid=False, payment_delay=timedelta(minutes=30))

    shop.do(orders.fail_payment, order_id)
    market.advance(days=1)

    assert shop.order(order_id).status is OrderStatus.CANCELED
    assert shop.stock("MUG-BLUE") == Stock(on_hand=100, reserved=0)
    assert [fact.reason for fact in market.facts(OrderCanceled)] == ["PaymentFailed"]


def test_a_payment_that_was_made_can_no_longer_fail(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys()

    with pytest.raises(WrongState, match="can no longer fail"):
        shop.do(orders.fail_payment, order_id)
    with pytest.raises(InvalidInput, match=r"^Order .* is Unshipped; to be paid it must be Pending"):
        shop.do(orders.pay, order_id)


def test_a_preorder_waits_for_its_release_and_is_then_paid(market: TestMarket, shop: Shop) -> None:
    released = market.now + timedelta(days=10)
    order_id = market.buys(order_type=OrderType.PREORDER, available_at=released)
    assert shop.order(order_id).status is OrderStatus.PENDING_AVAILABILITY

    market.advance(days=9)
    assert shop.order(order_id).status is OrderStatus.PENDING_AVAILABILITY
    market.advance(days=1)
    assert shop.order(order_id).status is OrderStatus.UNSHIPPED
    assert len(market.facts(PreorderReleased)) == 1
    assert shop.order(order_id).earliest_ship_at == released


def test_a_preorder_without_a_payment_is_pending_once_released(market: TestMarket, shop: Shop) -> None:
    released = market.now + timedelta(days=10)
    order_id = market.buys(order_type=OrderType.PREORDER, available_at=released, paid=False)

    market.advance(days=11)

    assert shop.order(order_id).status is OrderStatus.PENDING


def test_what_amazon_fulfills_ships_by_itself(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys("LAMP-OAK", quantity=2)

    market.advance(hours=24)

    order = shop.order(order_id)
    assert order.status is OrderStatus.SHIPPED
    assert (order.packages[0].carrier_code, (order.packages[0].tracking_number or "")[:3]) == ("AMZN_US", "TBA")
    assert shop.stock("LAMP-OAK", Place.FBA) == Stock(on_hand=98, reserved=0)
    assert [fact.channel for fact in market.facts(OrderShipped)] == ["AFN"]


def test_a_canceled_order_is_not_shipped_by_amazon(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys("LAMP-OAK")
    shop.do(orders.cancel, order_id, by=Canceler.BUYER, reason="Changed my mind")

    market.advance(days=2)

    assert shop.order(order_id).status is OrderStatus.CANCELED


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((), "1 to 100 lines"),
        ((PurchaseLine(sku="MUG-BLUE"), PurchaseLine(sku="MUG-BLUE")), "stands once"),
        ((PurchaseLine(sku="MUG-BLUE", promotion_discount=1500),), "not more than the price"),
        ((PurchaseLine(sku="MUG-BLUE", shipping=-1),), "must be 0 or more"),
        ((PurchaseLine(sku="MUG-BLUE", shipping_discount=1),), "not be more than its shipping"),
        ((PurchaseLine(sku="MUG-BLUE", quantity=0),), "1 to any number of units, not 0"),
    ],
)
def test_a_purchase_that_makes_no_sense_is_refused(
    market: TestMarket, lines: tuple[PurchaseLine, ...], message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        market.buys(lines=lines)

    assert market.facts(OrderPlaced) == []


def test_a_marketplace_that_does_not_exist_is_refused(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="NOWHERE is not a marketplace"):
        market.buys(marketplace_id="NOWHERE")


def test_a_sku_that_nobody_listed_is_refused(market: TestMarket) -> None:
    with pytest.raises(NotFound, match="NO-SUCH"):
        market.buys("NO-SUCH")


def test_a_closed_listing_cannot_be_ordered(market: TestMarket, shop: Shop) -> None:
    with shop.unit() as unit:
        close_listing(unit, "MUG-RED", market.marketplace_id)

    with pytest.raises(
        NotBuyable, match="'MUG-RED' is not for sale in marketplace ATVPDKIKX0DER: the listing is closed"
    ):
        market.buys("MUG-RED")


def test_one_order_ships_in_one_way(market: TestMarket) -> None:
    with pytest.raises(MixedChannels):
        market.buys(lines=(PurchaseLine(sku="MUG-BLUE"), PurchaseLine(sku="LAMP-OAK")))


def test_the_service_decides_by_when_an_order_ships_and_arrives(market: TestMarket, shop: Shop) -> None:
    order = shop.order(market.buys(service=Service.NEXT_DAY))

    assert order.service_level == "NextDay US D2D Dom"
    assert order.latest_ship_at == datetime(2026, 11, 5, 7, 59, 59, tzinfo=UTC)
    assert order.earliest_delivery_at == datetime(2026, 11, 3, 8, tzinfo=UTC)
    assert order.latest_delivery_at == datetime(2026, 11, 6, 7, 59, 59, tzinfo=UTC)


def test_the_same_seed_gives_the_same_order() -> None:
    made = []
    for _ in range(2):
        market = TestMarket()
        made.append((market.buys(), market.buys("LAMP-OAK"), market.advance(days=2), market.facts(OrderShipped)))
        market.close()

    assert made[0] == made[1]


def test_a_buyer_without_an_address_for_mail_gets_a_relay_address(market: TestMarket, shop: Shop) -> None:
    first, again = (shop.order(market.buys(buyer=Buyer(name="Bo Reed"))).buyer.email for _ in range(2))

    assert first.endswith("@marketplace.amazon.com")
    assert first == again


def test_an_order_that_a_unit_has_changed_is_read_as_it_is_and_as_it_was_if_that_is_undone(
    market: TestMarket, shop: Shop
) -> None:
    order_id = market.buys(paid=False)

    with shop.unit() as unit:
        with pytest.raises(ZeroDivisionError), unit.attempt():
            orders.pay(unit, order_id)
            assert order_of(unit, order_id).status is OrderStatus.UNSHIPPED
            _ = 1 / 0
        assert order_of(unit, order_id).status is OrderStatus.PENDING
        order_of(unit, order_id).status = OrderStatus.CANCELED  # nobody keeps it, so it is nobody else's
        assert order_of(unit, order_id).status is OrderStatus.PENDING
        orders.pay(unit, order_id)

    assert shop.order(order_id).status is OrderStatus.UNSHIPPED
