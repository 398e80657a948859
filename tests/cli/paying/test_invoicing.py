"""Who writes invoices in Brazil, by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_a_seller_writes_its_invoices_itself_from_now_on(market: TestMarket, spapi: Spapi) -> None:
    assert spapi("invoicing", "show", "--json").json()["biller"] == "AMAZON"

    said = spapi("invoicing", "by", "seller", "--json").json()

    assert (said["biller"], said["sellerId"]) == ("SELLER", market.seller.seller_id)
    assert "SELLER" in spapi("invoicing", "show").out
    assert spapi("invoicing", "by", "amazon", "--seller", "NOBODY").code == 1
    assert spapi("invoicing", "show", "--json").json()["biller"] == "SELLER"
