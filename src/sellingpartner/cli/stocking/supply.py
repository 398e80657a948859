"""`spapi supply`."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App, Parameter

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.contract.market_v1 import (
    CreateSource,
    GetSource,
    ListSources,
    SetSourceStatus,
    SetSourceStock,
    Source,
    SourceStatus,
)

app = App(name="supply", help="The places that sellers ship from, and what lies there.")
_COLUMNS = ("Code", "Alias", "Status", "State", "Country", "Pick-up", "Units", "Id")
_STATUSES = {"on": SourceStatus.ACTIVE, "off": SourceStatus.INACTIVE, "archived": SourceStatus.ARCHIVED}


@app.command(name="list")
def list_sources(
    *, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None
) -> None:
    """List the places that a seller ships from, archived ones included.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(ListSources(seller_id=seller))
    rows = [
        (
            one.code,
            one.alias,
            one.status.value,
            one.state_or_region,
            one.country_code,
            "yes" if one.is_pickup else "no",
            one.units,
            one.supply_source_id,
        )
        for one in found.sources
    ]
    Printed(to, csv=csv).show(found, _COLUMNS, rows, empty="The seller has no supply source.")


@app.command
def show(
    code: str, *, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None
) -> None:
    """Show what lies at a source.

    Args:
        code: The source's code.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(GetSource(code=code, seller_id=seller)), csv=csv)


@app.command
def create(
    code: str,
    *,
    alias: str | None = None,
    street: str = "1 Harbor Way",
    city: str | None = None,
    state: str = "WA",
    postal_code: str | None = None,
    country: str = "US",
    active: Annotated[bool, Parameter(negative="--inactive")] = True,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Register a place that a seller ships from.

    Args:
        code: The seller's code for it, which also names it in listings.
        alias: What it is called; the code unless said.
        street: The first line of its address.
        city: Its city.
        state: Its state or region.
        postal_code: Its postal code.
        country: Its country, by two letters.
        active: Orders go to it at once.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = CreateSource(
        code=code,
        alias=alias,
        address_line1=street,
        city=city,
        state_or_region=state,
        postal_code=postal_code,
        country_code=country,
        is_active=active,
        seller_id=seller,
    )
    _show(to, to.send(asked), csv=False)


@app.command
def switch(
    code: str,
    status: Literal["on", "off", "archived"],
    *,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Switch a source on or off, or archive it for good.

    Args:
        code: The source's code.
        status: How it is to stand.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(SetSourceStatus(code=code, status=_STATUSES[status], seller_id=seller)), csv=False)


@app.command
def put(code: str, sku: str, quantity: int, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Say how many units of a SKU can be promised from a source.

    Args:
        code: The source's code.
        sku: The SKU.
        quantity: How many.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(SetSourceStock(code=code, sku=sku, quantity=quantity, seller_id=seller)), csv=False)


def _show(to: Connection, source: Source, *, csv: bool) -> None:
    rows = [(one.sku, one.on_hand, one.reserved, one.available) for one in source.levels]
    empty = f"{source.code} is {source.status.value}, and nothing lies there."
    Printed(to, csv=csv).show(source, ("SKU", "On hand", "Reserved", "Available"), rows, empty=empty)
