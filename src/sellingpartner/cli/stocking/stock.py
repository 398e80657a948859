"""`spapi stock`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_id_of
from sellingpartner.contract.market_v1 import (
    AddStockIncident,
    GetStock,
    Incident,
    ListStock,
    ListStranded,
    SetStock,
    Stock,
    TransferStock,
)

app = App(name="stock", help="What sellers have: show it, set it, add to it.")
_COLUMNS = ("SKU", "Place", "On hand", "Reserved", "Available", "Condition")
Fba = Annotated[bool | None, Parameter(negative="--no-fba", show_default=False)]
Csv = Annotated[bool, FLAG]


@app.command(name="list")
def list_stock(*, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """List what a seller has.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(ListStock(seller_id=seller)), csv=csv)


@app.command
def stranded(
    *, seller: str | None = None, marketplace: Marketplace = None, csv: Csv = False, to: Connection | None = None
) -> None:
    """List what lies at Amazon and nobody can buy, as no offer sells it.

    Args:
        seller: The seller's id; the market's first seller unless said.
        marketplace: Where, by country (US) or marketplace id; the seller's home unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    where = None if marketplace is None else marketplace_id_of(marketplace)
    found = to.send(ListStranded(seller_id=seller, marketplace_id=where))
    rows = [(one.sku, one.units, one.why, one.error) for one in found.stranded]
    Printed(to, csv=csv).show(found, ("SKU", "Units", "Why", "Error"), rows, empty="Nothing is stranded.")


@app.command
def show(
    sku: str,
    *,
    movements: Annotated[bool, FLAG] = False,
    seller: str | None = None,
    csv: Csv = False,
    to: Connection | None = None,
) -> None:
    """Show what there is of a SKU.

    Args:
        sku: The SKU.
        movements: Show how it moved instead.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(GetStock(sku=sku, seller_id=seller))
    if not movements:
        _show(to, answer, csv=csv)
        return
    columns = ("At", "Place", "Condition", "Reason", "On hand", "Reserved", "Reference")
    rows = [
        (
            one.moved_at,
            one.center or one.place,
            one.condition,
            one.reason,
            one.on_hand_change,
            one.reserved_change,
            one.reference,
        )
        for one in answer.movements
    ]
    Printed(to, csv=csv).show(answer, columns, rows, empty="It never moved.")


@app.command(name="set")
def set_(
    sku: str,
    quantity: int,
    *,
    fba: Fba = None,
    condition: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Say how many units of a SKU can be promised, or are in another condition.

    Args:
        sku: The SKU.
        quantity: How many.
        fba: They lie at Amazon; where the SKU's listings sell from unless said.
        condition: What they are, such as DEFECTIVE or INBOUND_SHIPPED; SELLABLE unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = SetStock(sku=sku, quantity=quantity, is_amazon_fulfilled=fba, condition=condition, seller_id=seller)
    _show(to, to.send(asked), csv=False)


@app.command
def add(
    sku: str,
    quantity: int,
    *,
    fba: Fba = None,
    center: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Let more units of a SKU come.

    Args:
        sku: The SKU.
        quantity: How many more.
        fba: They come to Amazon; where the SKU's listings sell from unless said.
        center: To which of Amazon's fulfillment centers they come, such as PHX6.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = SetStock(
        sku=sku, quantity=quantity, is_added=True, is_amazon_fulfilled=fba, center=center, seller_id=seller
    )
    _show(to, to.send(asked), csv=False)


@app.command
def lose(sku: str, quantity: int = 1, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let Amazon lose units that lie with it; it looks for them, and pays for those that it has not found in a month.

    Args:
        sku: The SKU.
        quantity: How many.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _let(AddStockIncident(sku=sku, incident=Incident.LOST, quantity=quantity, seller_id=seller), to)


@app.command
def find(sku: str, quantity: int = 1, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let Amazon find units that it lost; what it has paid for them it takes back.

    Args:
        sku: The SKU.
        quantity: How many.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _let(AddStockIncident(sku=sku, incident=Incident.FOUND, quantity=quantity, seller_id=seller), to)


@app.command
def damage(sku: str, quantity: int = 1, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let Amazon break units that lie with it; it pays for them some days later.

    Args:
        sku: The SKU.
        quantity: How many.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _let(AddStockIncident(sku=sku, incident=Incident.DAMAGED, quantity=quantity, seller_id=seller), to)


@app.command
def expire(sku: str, quantity: int = 1, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let units that lie with Amazon be too old to be sold.

    Args:
        sku: The SKU.
        quantity: How many.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _let(AddStockIncident(sku=sku, incident=Incident.EXPIRED, quantity=quantity, seller_id=seller), to)


@app.command
def dispose(
    sku: str,
    quantity: int = 1,
    *,
    condition: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Let Amazon dispose of units that cannot be sold.

    Args:
        sku: The SKU.
        quantity: How many.
        condition: What they are, such as DEFECTIVE; WAREHOUSE_DAMAGED unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    asked = AddStockIncident(
        sku=sku, incident=Incident.DISPOSED, quantity=quantity, condition=condition, seller_id=seller
    )
    _let(asked, to)


@app.command
def transfer(
    sku: str,
    quantity: int,
    center: str,
    *,
    out_of: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Let Amazon send units to another of its fulfillment centers; they are there some days later.

    Args:
        sku: The SKU.
        quantity: How many.
        center: To which center, such as BFI4.
        out_of: Out of which center; out of the one that has the most unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _let(TransferStock(sku=sku, quantity=quantity, center=center, out_of=out_of, seller_id=seller), to)


def _let(asked: AddStockIncident | TransferStock, to: Connection | None) -> None:
    to = to or Connection()
    _show(to, to.send(asked), csv=False)


def _show(to: Connection, answer: Stock, *, csv: bool) -> None:
    rows: list[tuple[object, ...]] = [
        (one.sku, one.place, one.on_hand, one.reserved, one.available, one.condition) for one in answer.levels
    ]
    rows += [
        (rows[0][0], f"at {one.code}, {one.status}", one.on_hand, one.reserved, one.available, "SELLABLE")
        for one in answer.at_sources
    ]
    rows += [
        (rows[0][0], f"in {one.code}, {one.city} ({one.country_code})", one.units, "", "", one.condition)
        for one in answer.at_centers
    ]
    Printed(to, csv=csv).show(answer, _COLUMNS, rows, empty="The seller has nothing in stock.")
