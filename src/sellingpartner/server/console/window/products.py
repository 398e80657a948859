"""Products: what a shop lists in a marketplace, with stock and price, in the order of SKU."""

from __future__ import annotations

from sellingpartner.market import attributes as reading
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.inventory.model import Condition, Place, Position
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.market.listings.model import Record, Shown
from sellingpartner.market.listings.searching import records_after
from sellingpartner.market.listings.stranding import why_stranded
from sellingpartner.server.console import places
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.looking import SHOP, Look, looking
from sellingpartner.server.console.window.tables import (
    BAD,
    GOOD,
    OFF,
    WARN,
    Cell,
    Column,
    Input,
    Page,
    Table,
    amounts,
    code,
    moment,
)
from sellingpartner.server.console.window.tables import amount as told
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_AT_ONCE = 50
_STATUSES = (("", "All"), (Shown.BUYABLE.value, "Buyers can buy it"), (Shown.DISCOVERABLE.value, "Buyers can find it"))
_LONGEST_TITLE = 70


def show_all(visit: Visit) -> HttpAnswer:
    """What the shop lists."""
    look = looking(visit)
    query = visit.query
    marketplace = asked.choice(query, "marketplace", look.marketplace_ids) or look.home
    beginning, after = asked.text(query, "sku"), asked.text(query, "after")
    status = asked.choice(query, "status", [one.value for one in Shown])
    with look.reading() as unit:
        found = records_after(unit, marketplace, after=after, beginning=beginning, status=status, limit=_AT_ONCE + 1)
        shown = found[:_AT_ONCE]
        rows = _rows(unit, look, shown)
    here = {SHOP: look.shop_said, "marketplace": marketplace, "sku": beginning, "status": status}
    is_more = len(found) > _AT_ONCE
    page = Page(
        title="Products",
        here=places.PRODUCTS,
        filters=[
            *look.shop_filter(),
            look.marketplace_filter(marketplace, has_any=False),
            Input(name="status", label="Status", kind="select", value=status, choices=_STATUSES),
            Input(name="sku", label="SKU begins with", value=beginning, longest=40),
        ],
        table=Table(
            name="products",
            caption="Listings, in the order of SKU",
            columns=[
                Column("SKU"),
                Column("Product"),
                Column("Status"),
                *amounts("Price", "Free", "On hand"),
                Column("Changed"),
            ],
            rows=rows,
            empty="Nothing is listed there.",
        ),
        next_href=places.with_query(places.PRODUCTS, **here, after=shown[-1].sku) if is_more else "",
        next_words="More products",
        first_href=places.with_query(places.PRODUCTS, **here) if after else "",
    )
    return look.list(page)


def place_of(look: Look, sku: str, marketplace_id: str, done: str = "") -> str:
    """Where one product is shown."""
    said = {"sku": sku, "marketplace": marketplace_id, SHOP: look.shop_said, "done": done}
    return places.with_query(places.PRODUCT, **said)


def title_of(unit: UnitOfWork, record: Record) -> str:
    """What a product is called: as its seller says, else as the catalog does."""
    here = record.marketplace_id
    own = reading.text(reading.decode(record.attributes), "item_name", here)
    if own is not None or record.asin is None:
        return own or ""
    item = found_item(unit, record.asin)
    return "" if item is None else item.title(here)


def status_of(record: Record) -> Cell:
    """How a listing stands."""
    if record.is_closed:
        return Cell("Closed", badge=OFF)
    if record.has_errors:
        return Cell("At fault", badge=BAD)
    if record.is_buyable:
        return Cell("Buyable", badge=GOOD)
    return Cell("Only to be found" if record.is_discoverable else "Not on sale", badge=WARN)


def _rows(unit: UnitOfWork, look: Look, records: list[Record]) -> list[list[Cell]]:
    held = {
        place: {one.sku: one for one in positions_at(unit, place, limit=_AT_ONCE, skus=skus)}
        for place in Place
        if (skus := [one.sku for one in records if one.place is place])
    }
    rows = []
    for record in records:
        position = held[record.place].get(record.sku)
        sellable = None if position is None else position.stocks.get(Condition.SELLABLE)
        price = record.price
        rows.append(
            [
                code(record.sku, place_of(look, record.sku, record.marketplace_id), below=record.asin or ""),
                Cell(_short(title_of(unit, record)), below=record.product_type),
                status_of(record),
                Cell("-" if price is None else told(price.minor, price.currency)),
                Cell("0" if sellable is None else str(sellable.available), badge=BAD if sellable is None else ""),
                Cell(
                    "0" if sellable is None else str(sellable.on_hand),
                    below=_where(record, position),
                ),
                moment(record.updated_at),
            ]
        )
    return rows


def _where(record: Record, position: Position | None) -> str:
    """Where the units lie, if that is Amazon, and whether nobody can buy them."""
    if record.place is not Place.FBA:
        return ""
    is_stranded = position is not None and position.lying and why_stranded(record)[0]
    return "at Amazon, stranded" if is_stranded else "at Amazon"


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 3]}..."
