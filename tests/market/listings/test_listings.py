from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import select

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import add_item
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.events.listings import ListingChange, ListingChanged
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.commands import close_listing, list_item, list_items, set_price
from sellingpartner.market.listings.model import FulfillmentChannel, ListingStatus, NewListing
from sellingpartner.market.listings.questions import active_skus, listing_of, listings_of
from sellingpartner.market.market import Market
from sellingpartner.storage.events import events

US, CA, DE = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1PA6795UKMFR9"
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
AWKWARD = ["A/B C", "50% & more", "täßchen-☕", "a?b#c=d+e", "'; --", '"quoted"', "..", " led", "x" * 40]


class Shop(msgspec.Struct, frozen=True):
    market: Market
    seller_id: str
    asin: str

    def offer(self, sku: str = "MUG-BLUE", *, marketplace_id: str = US, cents: int = 1500) -> NewListing:
        currency = {US: "USD", CA: "CAD", DE: "EUR"}[marketplace_id]
        return NewListing(sku=sku, marketplace_id=marketplace_id, asin=self.asin, price=Money(cents, currency))

    def changes(self) -> list[ListingChanged]:
        with self.market.read(self.seller_id) as unit:
            told = select(events.c.fact).where(events.c.kind == "ListingChanged").order_by(events.c.event_id)
            return [msgspec.json.decode(fact, type=ListingChanged) for fact in unit.execute(told).scalars()]


@pytest.fixture
def shop() -> Iterator[Shop]:
    market = Market.open(at=NOON)
    with market.write() as unit:
        seller = join_seller(unit, "Ada", [US, CA])
        asin = add_item(unit, NewItem(product_type="DRINKING_CUP", title="Blue mug", brand="Northwind")).asin
    yield Shop(market, seller.seller_id, asin)
    market.close()


def test_a_listing_is_what_the_seller_offered(shop: Shop) -> None:
    offer = msgspec.structs.replace(
        shop.offer(),
        condition="Used",
        condition_subtype="Very Good",
        fulfillment_channel=FulfillmentChannel.AFN,
        handling_days=1,
        max_order_quantity=3,
        is_regulated=True,
    )

    with shop.market.write(shop.seller_id) as unit:
        listed = list_item(unit, offer)

    with shop.market.read(shop.seller_id) as unit:
        assert listing_of(unit, "MUG-BLUE", US) == listed
    for name in NewListing.__struct_fields__:
        assert getattr(listed, name) == getattr(offer, name)
    assert (listed.seller_id, listed.status) == (shop.seller_id, ListingStatus.ACTIVE)
    assert listed.created_at == listed.updated_at == NOON
    assert listed.place is Place.FBA
    assert shop.changes() == [
        ListingChanged(sku="MUG-BLUE", marketplace_id=US, asin=shop.asin, change=ListingChange.LISTED)
    ]


def test_what_the_seller_ships_lies_with_the_seller(shop: Shop) -> None:
    assert shop.offer().place is Place.SELLER


@pytest.mark.parametrize("sku", AWKWARD)
def test_a_sku_holds_any_characters(shop: Shop, sku: str) -> None:
    with shop.market.write(shop.seller_id) as unit:
        list_item(unit, shop.offer(sku))

    with shop.market.read(shop.seller_id) as unit:
        assert listing_of(unit, sku, US).sku == sku
        assert active_skus(unit, US) == [sku]


@pytest.mark.parametrize("sku", ["", "x" * 41, "tab\there", "nul\0"])
def test_a_sku_that_cannot_be_one_is_refused(shop: Shop, sku: str) -> None:
    with pytest.raises(InvalidInput, match="is not a SKU"), shop.market.write(shop.seller_id) as unit:
        list_item(unit, shop.offer(sku))

    assert shop.changes() == []


def test_an_unknown_sku_is_not_found_and_the_message_says_where(shop: Shop) -> None:
    expected = f"There is no listing with SKU 'NO SUCH' in marketplace {US}."
    with shop.market.write(shop.seller_id) as unit:
        for ask in (listing_of, close_listing):
            with pytest.raises(NotFound) as refusal:
                ask(unit, "NO SUCH", US)
            assert refusal.value.message == expected
        with pytest.raises(NotFound, match="NO SUCH"):
            set_price(unit, "NO SUCH", US, Money(1, "USD"))


def test_a_sku_is_priced_in_each_marketplace_by_itself(shop: Shop) -> None:
    with shop.market.write(shop.seller_id) as unit:
        list_items(unit, [shop.offer(), shop.offer(marketplace_id=CA, cents=2000)])
    with shop.market.write(shop.seller_id, at=NOON + timedelta(hours=1)) as unit:
        set_price(unit, "MUG-BLUE", CA, Money(1800, "CAD"))

    with shop.market.read(shop.seller_id) as unit:
        assert listing_of(unit, "MUG-BLUE", US).price == Money(1500, "USD")
        priced = listing_of(unit, "MUG-BLUE", CA)
    assert priced.price == Money(1800, "CAD")
    assert (priced.created_at, priced.updated_at) == (NOON, NOON + timedelta(hours=1))
    assert [(fact.marketplace_id, fact.change.value) for fact in shop.changes()] == [
        (US, "LISTED"),
        (CA, "LISTED"),
        (CA, "PRICED"),
    ]


def test_the_same_price_again_and_closing_twice_change_nothing(shop: Shop) -> None:
    with shop.market.write(shop.seller_id) as unit:
        list_item(unit, shop.offer())
        set_price(unit, "MUG-BLUE", US, Money(1500, "USD"))
        close_listing(unit, "MUG-BLUE", US)
        close_listing(unit, "MUG-BLUE", US)

    assert [fact.change for fact in shop.changes()] == [ListingChange.LISTED, ListingChange.CLOSED]


def test_a_closed_listing_is_still_there_but_not_among_the_active(shop: Shop) -> None:
    with shop.market.write(shop.seller_id) as unit:
        list_items(unit, [shop.offer("B"), shop.offer("A")])
        close_listing(unit, "A", US)

        assert listing_of(unit, "A", US).status is ListingStatus.INACTIVE
        assert active_skus(unit, US) == ["B"]
        assert [listing.sku for listing in listings_of(unit, US)] == ["A", "B"]


def test_listing_a_sku_again_replaces_the_offer_and_keeps_its_age(shop: Shop) -> None:
    with shop.market.write(shop.seller_id) as unit:
        list_item(unit, shop.offer())
        close_listing(unit, "MUG-BLUE", US)
    with shop.market.write(shop.seller_id, at=NOON + timedelta(days=1)) as unit:
        again = list_item(unit, shop.offer(cents=1200))

    assert again.price == Money(1200, "USD")
    assert again.status is ListingStatus.ACTIVE
    assert (again.created_at, again.updated_at) == (NOON, NOON + timedelta(days=1))


def test_pages_of_listings_follow_the_code_points_of_their_skus(shop: Shop) -> None:
    skus = ["b", "a", "B", "é", "a/1", "a 1"]
    with shop.market.write(shop.seller_id) as unit:
        list_items(unit, [shop.offer(sku) for sku in skus])

    with shop.market.read(shop.seller_id) as unit:
        first = [listing.sku for listing in listings_of(unit, US, limit=4)]
        rest = [listing.sku for listing in listings_of(unit, US, after=first[-1])]
        assert listings_of(unit, CA) == []
    assert first == ["B", "a", "a 1", "a/1"]
    assert rest == ["b", "é"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"asin": "B000000000"}, "the catalog has no item B000000000"),
        ({"marketplace_id": DE}, f"the seller does not sell in marketplace {DE}"),
        ({"price": Money(1500, "EUR")}, f"prices in marketplace {US} are in USD, not EUR"),
        ({"price": Money(0, "USD")}, "its price must be more than zero, not 0.00 USD"),
        ({"handling_days": -1}, "handling days must be at least 0"),
        ({"max_order_quantity": 0}, "the most that one order may hold must be at least 1"),
    ],
)
def test_an_offer_that_cannot_stand_takes_the_whole_batch_with_it(
    shop: Shop, change: dict[str, object], reason: str
) -> None:
    bad = msgspec.structs.replace(shop.offer("BAD"), **change)

    with pytest.raises(InvalidInput) as refusal, shop.market.write(shop.seller_id) as unit:
        list_items(unit, [shop.offer("GOOD"), bad])

    assert refusal.value.message == f"SKU 'BAD' cannot be listed: {reason}."
    with shop.market.read(shop.seller_id) as unit:
        assert listings_of(unit, US) == []


def test_a_price_in_another_currency_is_refused(shop: Shop) -> None:
    with shop.market.write(shop.seller_id) as unit:
        list_item(unit, shop.offer())
        with pytest.raises(InvalidInput, match="are in USD, not CAD"):
            set_price(unit, "MUG-BLUE", US, Money(1800, "CAD"))

        assert listing_of(unit, "MUG-BLUE", US).price == Money(1500, "USD")


def test_one_seller_never_sees_the_listings_of_another(shop: Shop) -> None:
    with shop.market.write() as unit:
        other = join_seller(unit, "Bo", [US]).seller_id
    with shop.market.write(shop.seller_id) as unit:
        list_item(unit, shop.offer())

    with shop.market.read(other) as unit:
        assert active_skus(unit, US) == []
        with pytest.raises(NotFound):
            listing_of(unit, "MUG-BLUE", US)
