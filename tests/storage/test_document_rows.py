"""Documents of a table's rows are found by their seller and key, held, changed and put."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from planned import plans_of
from sqlalchemy import Table

from sellingpartner.market.appointments.tables import service_jobs
from sellingpartner.market.external.tables import external_returns, external_shipments
from sellingpartner.market.removals.model import RemovalKind, RemovalOrder
from sellingpartner.market.removals.tables import removal_orders
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

ROWS = DocumentRows(removal_orders, "removal_id", RemovalOrder, changes=("status", "document"))


@pytest.fixture
def market(database_url: str) -> Iterator[TestMarket]:
    with TestMarket(database_url) as made:
        yield made


def order(market: TestMarket, removal_id: str, notes: str = "") -> RemovalOrder:
    return RemovalOrder(
        removal_id=removal_id,
        kind=RemovalKind.RETURN,
        requested_at=market.now,
        updated_at=market.now,
        items=[],
        notes=notes,
    )


def columns(one: RemovalOrder) -> dict[str, object]:
    said = {"removal_id": one.removal_id, "kind": one.kind.value, "requested_at": one.requested_at}
    return said | {"status": one.status.value, "document": one}


def notes(unit: UnitOfWork) -> list[str]:
    return [one.notes for one in ROWS.alike(unit, "kind", "Return")]


def test_what_is_kept_is_found_by_its_own_seller_in_the_order_of_keys(market: TestMarket) -> None:
    other = market.join("Quay Goods")
    with market.market.write(market.seller_account.seller_id) as unit:
        for removal_id in ("B", "A"):
            ROWS.insert(unit, **columns(order(market, removal_id, f"of {removal_id}")))

    with market.market.read(market.seller_account.seller_id) as unit:
        assert ROWS.find(unit, "A") == order(market, "A", "of A")
        assert ROWS.find(unit, "C") is None
        assert notes(unit) == ["of A", "of B"]
    with market.market.read(other.seller_id) as unit:
        assert (ROWS.find(unit, "A"), notes(unit)) == (None, [])


def test_what_is_held_is_changed_and_what_is_put_is_there_once(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        ROWS.put(unit, **columns(order(market, "A", "first")))
        ROWS.put(unit, **columns(order(market, "A", "second")))
        held = ROWS.hold(unit, "A")
        assert held is not None
        changed = msgspec.structs.replace(held, notes=f"{held.notes} and third")
        ROWS.change(unit, "A", status=changed.status.value, document=changed)
        ROWS.change(unit, "Z", status=changed.status.value, document=changed)

    with market.market.read(market.seller_account.seller_id) as unit:
        assert notes(unit) == ["second and third"]


@pytest.mark.parametrize("to_change", [False, True])
@pytest.mark.parametrize(
    ("table", "key"),
    [(external_shipments, "shipment_id"), (external_returns, "external_return_id"), (service_jobs, "job_id")],
)
def test_those_alike_are_found_along_their_index_on_sqlite(table: Table, key: str, *, to_change: bool) -> None:
    rows = DocumentRows(table, key, RemovalOrder)
    with TestMarket() as market, market.market.read(market.seller_account.seller_id) as unit:
        (plan,) = plans_of(unit, lambda unit: rows.alike(unit, "order_id", "902-1234567-1234567", to_change=to_change))

    assert f"INDEX {table.name}_by_order (seller_id=? AND order_id=?)" in plan
