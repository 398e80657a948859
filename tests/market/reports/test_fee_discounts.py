"""FEE_DISCOUNTS_REPORT: offers whose referral fee is lower at a lower price, as a sheet of Excel."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from forwarder import US

from sellingpartner.market.amounts import Money
from sellingpartner.market.money.questions import Sale, cheaper_price
from sellingpartner.testing import TestMarket

SUMMER = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("category", "price", "expected"),
    [
        ("beauty", 1001, 1000),
        ("beauty", 1000, None),
        ("clothing", 2500, 2000),
        ("clothing", 1900, 1500),
        ("books", 5000, None),
        ("furniture", 50000, None),
    ],
)
def test_the_price_from_which_the_rate_is_lower(category: str, price: int, expected: int | None) -> None:
    found = cheaper_price(Sale(marketplace_id=US, category=category, price=Money(price, "USD")), SUMMER)

    assert (None if found is None else found.minor) == expected


def test_an_offer_that_would_save_is_told_in_a_sheet(market: TestMarket) -> None:
    market.lists("CREAM", 1250, product_type="SKIN_CLEANING_AGENT")

    paper = market.report("FEE_DISCOUNTS_REPORT")

    with ZipFile(BytesIO(paper.content)) as book:
        words = book.read("xl/worksheets/sheet1.xml").decode()
    assert "CREAM" in words
    assert "10.00" in words
