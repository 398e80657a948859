"""Jobs that are asked for by their orders are found by these: few among all that a seller ever had."""

from __future__ import annotations

import pytest
from planned import plans_of

from sellingpartner.market.appointments.listing import JobFilter, page_of_jobs
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START


@pytest.mark.parametrize("by_status", [False, True])
@pytest.mark.parametrize("is_back", [False, True])
def test_jobs_of_orders_are_found_by_their_orders(market: TestMarket, *, by_status: bool, is_back: bool) -> None:
    wanted = JobFilter(marketplace_id="ATVPDKIKX0DER", order_ids=("1", "2"), created_after=START, by_status=by_status)
    after = ("NOT_SCHEDULED" if by_status else START, "J")

    with market.market.read(market.seller_account.seller_id) as unit:
        of_page, of_total = plans_of(unit, lambda unit: page_of_jobs(unit, wanted, 20, after, is_back=is_back))

    assert "service_jobs_by_order (seller_id=? AND order_id=?)" in of_page
    assert "service_jobs_by_order (seller_id=? AND order_id=?)" in of_total
