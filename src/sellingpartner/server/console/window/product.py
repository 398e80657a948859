"""One product of a shop: its stock, who offers it, what it cost and what it sold."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.counted import counted
from sellingpartner.market.content.questions import published_on
from sellingpartner.market.inventory.model import Condition, Movement, Place, Stock
from sellingpartner.market.inventory.questions import latest_movements, positions_at, stock_of, units_at_centers
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.prices import price_history
from sellingpartner.market.listings.stranding import why_stranded
from sellingpartner.market.listings.telling import told as issue_told
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.market.orders.questions import SalesFilter, sales_between
from sellingpartner.server.console import places
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window.charts import COUNTS, Chart, bars, in_currency, steps
from sellingpartner.server.console.window.looking import SHOP, Look, looking, named
from sellingpartner.server.console.window.product_deeds import acts_for, record_asked
from sellingpartner.server.console.window.products import status_of, title_of
from sellingpartner.server.console.window.tables import (
    BAD,
    GOOD,
    OFF,
    Cell,
    Column,
    Table,
    amount,
    amounts,
    code,
    moment,
)
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_DAYS = 28
_MOVEMENTS = 20
_ENGLISH = "en_US"
_NOTICES = {
    "compete": "A competitor offers it, too.",
    "stock": "The stock was changed.",
    "price": "The price was changed.",
}


def show(visit: Visit) -> HttpAnswer:
    """One product."""
    look = looking(visit)
    with look.reading() as unit:
        record = record_asked(look, unit)
        issues = [issue_told(one, record.marketplace_id, _ENGLISH) for one in record.issues]
        title = title_of(unit, record) or record.sku
        stock = stock_of(unit, record.sku, record.place)
        facts = [*_facts(record, stock), *_at_amazon(unit, record), *_centers(unit, record), *_content(unit, record)]
        sales, prices = _sales(unit, record), _prices(unit, record)
        offers = _offers(unit, record)
        movements = _movements(latest_movements(unit, record.sku, _MOVEMENTS))
    return look.page(
        "product.html",
        record=record,
        title=title,
        stands=status_of(record),
        facts=facts,
        issues=[f"{one.message} ({one.code})" for one in issues],
        acts=acts_for(look, record),
        prices=prices,
        sales=sales,
        offers=offers,
        movements=movements,
        notice=_NOTICES.get(visit.query.one("done"), ""),
        back=("Products", _list_of(look, record)),
    )


def _facts(record: Record, stock: Stock) -> list[tuple[str, Cell]]:
    price = record.price
    return [
        ("SKU", code(record.sku)),
        ("ASIN", code(record.asin) if record.asin else Cell("none yet")),
        ("Marketplace", Cell(named(record.marketplace_id))),
        ("Condition", Cell(f"{record.condition}, {record.condition_subtype}")),
        ("Price", Cell("none" if price is None else amount(price.minor, price.currency))),
        ("Can be promised", Cell(counted(stock.available, "unit"))),
        ("On hand", Cell(f"{counted(stock.on_hand, 'unit')}, {stock.reserved} of them reserved")),
        ("Lies at", Cell("Amazon" if record.fulfillment_channel == "AFN" else "the seller's")),
        ("Listed", moment(record.created_at)),
    ]


def _at_amazon(unit: UnitOfWork, record: Record) -> list[tuple[str, Cell]]:
    """What Amazon has of it, whatever can be done with it, and why nobody can buy it; nothing where it has none."""
    position = next(iter(positions_at(unit, Place.FBA, limit=1, skus=[record.sku])), None)
    if position is None or not position.total:
        return []
    numbers = {
        "to be sold": position.fulfillable,
        "promised": position.reserved,
        "between centers": position.of(Condition.TRANSSHIPMENT),
        "set aside": position.of(Condition.FC_PROCESSING),
        "not to be sold": position.unsellable,
        "looked for": position.researched,
        "to come": position.to_come,
    }
    found = [("At Amazon", Cell(", ".join(f"{units} {what}" for what, units in numbers.items() if units)))]
    why, error = why_stranded(record) if position.lying else ("", "")
    return [*found, ("Stranded", Cell(why, below=error, badge=BAD))] if why else found


def _centers(unit: UnitOfWork, record: Record) -> list[tuple[str, Cell]]:
    """In which of Amazon's centers units lie; nothing where none do."""
    there = [
        f"{one.center} {one.units}" + ("" if one.condition is Condition.SELLABLE else f" ({one.condition.value})")
        for one in units_at_centers(unit, [record.sku])
    ]
    return [("In centers", Cell(", ".join(there)))] if there else []


def _content(unit: UnitOfWork, record: Record) -> list[tuple[str, Cell]]:
    """Which A+ content buyers see with it; no line if there is none."""
    shown = published_on(unit, record.marketplace_id, record.asin) if record.asin else []
    return [("A+ content", Cell(f"{one.document.name} ({one.locale})")) for one in shown]


def _prices(unit: UnitOfWork, record: Record) -> Chart | None:
    history = price_history(unit, record.sku, record.marketplace_id)
    if not history or record.price_currency is None:
        return None
    currency = record.price_currency
    known = {one.minor for one in history if one.minor is not None}
    said = counted(len(history), "price")
    if len(known) > 1:
        said = f"{said}, from {amount(min(known), currency)} to {amount(max(known), currency)}"
    return steps(
        "prices",
        f"What a unit cost, in {currency}",
        [(one.since, one.minor) for one in history],
        unit.now,
        in_currency(currency),
        said=f"{said}.",
    )


def _sales(unit: UnitOfWork, record: Record) -> Chart:
    end = unit.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    days: list[datetime] = [end - timedelta(days=back) for back in range(_DAYS, -1, -1)]
    wanted = SalesFilter(marketplace_id=record.marketplace_id, sku=record.sku)
    totals = sales_between(unit, wanted, days)
    units = [one.units for one in totals]
    return bars(
        "sales",
        f"Units ordered a day, the last {_DAYS} days",
        [(f"{day:%b} {day.day}", one) for day, one in zip(days, units, strict=False)],
        COUNTS,
        said=f"{counted(sum(units), 'unit')} in {counted(sum(one.orders for one in totals), 'order')}.",
        of="Day",
    )


def _offers(unit: UnitOfWork, record: Record) -> Table | None:
    if record.asin is None:
        return None
    contest = contest_of(unit, record.marketplace_id, record.asin)
    ordered = sorted(contest.contenders, key=lambda one: (one.offer.landed, one.offer.seller_id, one.offer.sku))
    rows = []
    for one in ordered:
        offer = one.offer
        state = Cell("Featured", badge=GOOD) if contest.holds(offer) else Cell("Not featured", badge=OFF)
        is_own = offer.seller_id == unit.seller_id
        rows.append(
            [
                Cell(
                    one.merchant.name, below="this shop" if is_own else "a competitor" if one.merchant.strategy else ""
                ),
                Cell(offer.condition),
                Cell("Amazon" if offer.channel == "AFN" else "the seller"),
                Cell(amount(offer.price, offer.currency)),
                Cell(amount(offer.shipping, offer.currency)),
                Cell(f"{one.merchant.positive_rating}%", below=counted(one.merchant.feedback_count, "rating")),
                state if offer.is_available else Cell("Sold out", badge=OFF),
            ]
        )
    return Table(
        name="offers",
        caption="Who offers it, the cheapest first",
        columns=[
            Column("Who"),
            Column("Condition"),
            Column("Shipped by"),
            *amounts("Price", "Shipping", "Good ratings"),
            Column("State"),
        ],
        rows=rows,
        empty="Nobody offers it.",
    )


def _movements(found: list[Movement]) -> Table:
    return Table(
        name="movements",
        caption=f"How its stock moved, the latest {_MOVEMENTS}",
        columns=[Column("When"), Column("Why"), *amounts("On hand", "Reserved"), Column("For")],
        rows=[
            [
                moment(one.moved_at),
                Cell(
                    one.reason.value.capitalize(),
                    below="" if one.condition is Condition.SELLABLE else one.condition.value,
                ),
                Cell(f"{one.on_hand_change:+d}"),
                Cell(f"{one.reserved_change:+d}"),
                code(one.reference),
            ]
            for one in found
        ],
        empty="None ever came.",
    )


def _list_of(look: Look, record: Record) -> str:
    return places.with_query(places.PRODUCTS, marketplace=record.marketplace_id, **{SHOP: look.shop_said})
