"""`spapi store`."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.contract.market_v1 import (
    CloseStore,
    ListStores,
    ListStoreShipments,
    OpenStore,
    Stores,
    StoreShips,
)

app = App(name="store", help="Supply sources whose orders are shipped step by step (External Fulfillment).")
_COLUMNS = ("Code", "Ships by", "Opened", "Id")
_SHIPMENTS = ("Shipment", "Order", "Store", "Status", "Parcel", "Units", "Packages", "Answer by", "Ship by")
_SHIPS = {"self": StoreShips.SELF, "marketplace": StoreShips.MARKETPLACE}


@app.command(name="list")
def list_stores(*, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None) -> None:
    """List the stores of a seller.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(ListStores(seller_id=seller)), csv=csv)


@app.command(name="open")
def open_store(
    code: str,
    *,
    ships: Literal["self", "marketplace"] = "self",
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Ship step by step what is ordered of a supply source from now on.

    Args:
        code: The code of the supply source.
        ships: Who brings it: the seller itself, or carriers that the marketplace sends.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(OpenStore(code=code, ships=_SHIPS[ships], seller_id=seller))
    _show(to, Stores(stores=[found]), csv=False)


@app.command
def close(code: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Ship no longer step by step what will be ordered of a supply source.

    Args:
        code: The code of the supply source.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(CloseStore(code=code, seller_id=seller)), csv=False)


@app.command
def shipments(
    *,
    status: str | None = None,
    limit: int = 50,
    seller: str | None = None,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List what stores send, the latest update first.

    Args:
        status: A status such as ACCEPTED; all that are under way unless said.
        limit: How many.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(ListStoreShipments(status=status, limit=limit, seller_id=seller))
    rows = [
        (
            one.shipment_id,
            one.order_id,
            one.code,
            one.status,
            one.sub_status or "",
            one.units,
            one.packages,
            f"{one.answer_by:%Y-%m-%d %H:%M}",
            f"{one.ships_by:%Y-%m-%d %H:%M}",
        )
        for one in found.shipments
    ]
    Printed(to, csv=csv).show(found, _SHIPMENTS, rows, empty="No store sends anything.")


def _show(to: Connection, found: Stores, *, csv: bool) -> None:
    rows = [
        (one.code, one.ships.value, f"{one.opened_at:%Y-%m-%d %H:%M}", one.supply_source_id) for one in found.stores
    ]
    Printed(to, csv=csv).show(found, _COLUMNS, rows, empty="No supply source of the seller is a store.")
