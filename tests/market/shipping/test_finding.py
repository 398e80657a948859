"""Shipments and parcels are found by their indexes: what it costs does not grow with what a seller ever shipped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from planned import plans_of

from sellingpartner.market.outbound.questions import sellers_of_package
from sellingpartner.market.shipping.easy_ship.store import find_package
from sellingpartner.market.shipping.questions import (
    latest_shipments,
    parcels_by_tracking,
    parcels_of_anybody,
    parcels_of_order,
    shipments_of_order,
)
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda unit: shipments_of_order(unit, "1"), "INDEX shipments_by_order (seller_id=? AND order_id=?)"),
        (lambda unit: parcels_of_order(unit, "1"), "INDEX parcels_by_order (seller_id=? AND order_id=?)"),
        (lambda unit: parcels_by_tracking(unit, "1"), "INDEX parcels_by_number (tracking_id=? AND seller_id=?)"),
        (lambda unit: parcels_of_anybody(unit, "1"), "INDEX parcels_by_number (tracking_id=?)"),
        (lambda unit: sellers_of_package(unit, 1), "INDEX fulfillment_packages_by_number (package_number=?)"),
        (lambda unit: latest_shipments(unit, 5), "INDEX shipments_by_creation (seller_id=?)"),
        (
            lambda unit: find_package(unit, "1"),
            "INDEX sqlite_autoindex_easy_ship_packages_1 (seller_id=? AND order_id=?)",
        ),
    ],
)
def test_each_question_walks_along_its_index(
    market: TestMarket, ask: Callable[[UnitOfWork], object], index: str
) -> None:
    with market.market.read(market.seller_account.seller_id) as unit:
        plans = plans_of(unit, ask)

    assert any(index in plan for plan in plans), plans
    assert not any("SCAN" in plan for plan in plans)
