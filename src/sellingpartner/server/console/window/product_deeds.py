"""What can be done to a product on its page: its price and its stock are changed, and a competitor joins."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.inventory.commands import make_available
from sellingpartner.market.listings.commands import set_price
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.questions import ListingUnknown
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.offers.model import Strategy
from sellingpartner.server.console import places
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.looking import SHOP, Look, looking, operating
from sellingpartner.server.console.window.products import place_of
from sellingpartner.server.console.window.tables import Act, Input
from sellingpartner.server.control.listing import offers as control
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_BY_HAND = "by hand"


def acts_for(look: Look, record: Record) -> list[Act]:
    """What can be done to a product by whoever looks."""
    carried = {"sku": record.sku, "marketplace": record.marketplace_id} | (
        {SHOP: look.shop_said} if look.is_operator else {}
    )
    currency = MARKETPLACES[record.marketplace_id].currency
    price = "" if record.price is None else str(record.price)
    return [
        *([_competing(carried, currency)] if look.is_operator and record.asin is not None else []),
        Act(
            action=f"{places.PRODUCT}/price",
            words="Change the price",
            title="Price",
            fields=[
                Input(name="price", label=f"A unit costs, in {currency}", value=price, is_required=True, longest=15)
            ],
            carried=carried,
            tone="plain",
        ),
        Act(
            action=f"{places.PRODUCT}/stock",
            words="Change the stock",
            title="Stock",
            fields=[
                Input(
                    name="quantity",
                    label="Units that can be promised",
                    kind="number",
                    least="0",
                    is_required=True,
                    hint="Besides those that orders hold.",
                )
            ],
            carried=carried,
            tone="plain",
        ),
    ]


def change_stock(visit: Visit) -> HttpAnswer:
    """Say how many units can be promised from here on."""
    visit.deed = "stock set"
    look = looking(visit)
    quantity = asked.number(visit.form, "quantity")
    with look.writing() as unit:
        record = record_asked(look, unit)
        if quantity is not None:
            make_available(unit, record.sku, record.place, quantity, reference=_BY_HAND)
    return redirect(place_of(look, record.sku, record.marketplace_id, done="stock"))


def change_price(visit: Visit) -> HttpAnswer:
    """Say what a unit costs from here on."""
    visit.deed = "price set"
    look = looking(visit)
    with look.writing() as unit:
        record = record_asked(look, unit)
        price = asked.money(visit.form, "price", MARKETPLACES[record.marketplace_id].currency)
        if price is not None:
            set_price(unit, record.sku, record.marketplace_id, price)
    return redirect(place_of(look, record.sku, record.marketplace_id, done="price"))


def compete(visit: Visit) -> HttpAnswer:
    """Let a competitor who joins offer it, too."""
    look = operating(visit)
    visit.deed = "offer compete"
    with look.reading() as unit:
        record = record_asked(look, unit)
    price = asked.money(visit.form, "price", MARKETPLACES[record.marketplace_id].currency)
    if price is None or record.asin is None:
        raise InvalidInput("A competitor needs a price, and an item of the catalog; fill in the price.")
    request = v1.Compete(
        asin=record.asin,
        price=price.decimal,
        marketplace_id=record.marketplace_id,
        name=asked.text(visit.form, "name", longest=80) or "Competitor",
        strategy=asked.choice(visit.form, "strategy", list(Strategy)) or Strategy.HOLD.value,
    )
    control.compete(look.desk, request)
    return redirect(place_of(look, record.sku, record.marketplace_id, done="compete"))


def record_asked(look: Look, unit: UnitOfWork) -> Record:
    """The listing that a page or a form is about; raises `NotFound`."""
    visit = look.visit
    fields = visit.form if visit.request.method == "POST" else visit.query
    sku = asked.needed(fields, "sku")
    marketplace = asked.choice(fields, "marketplace", look.marketplace_ids) or look.home
    record = record_of(unit, sku, marketplace)
    if record is None:
        raise ListingUnknown(sku, marketplace)
    return record


def _competing(carried: dict[str, str], currency: str) -> Act:
    strategies = [(one.value, one.value.capitalize()) for one in Strategy]
    return Act(
        action=f"{places.PRODUCT}/compete",
        words="Let it compete",
        title="A competitor",
        fields=[
            Input(name="name", label="Name", value="Competitor", longest=80),
            Input(name="price", label=f"Offers it for, in {currency}", is_required=True, longest=15),
            Input(name="strategy", label="And then", kind="select", value="HOLD", choices=strategies),
        ],
        carried=carried,
        tone="plain",
    )
