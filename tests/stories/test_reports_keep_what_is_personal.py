"""No report tells who has bought but those that take a restricted data token; and those do tell it."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from busy_shop import BusyShop, personal_in

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.report_types import REPORT_TYPES
from sellingpartner.market.reports.kinds import kind_of, made_types
from sellingpartner.market.reports.queue import make_own
from sellingpartner.testing import TestMarket
from sellingpartner.testing.papers import Paper

MANY = {"US": 20, "DE": 20, "JP": 20}
"""How many types a shop in a country has at least that tell something."""


def everything(shop: BusyShop) -> dict[str, Paper]:
    """A report of each type that there is in a country."""
    market, made = shop.market, {}
    for name in made_types():
        kind = kind_of(name)
        if kind is None or (kind.countries is not None and shop.country not in kind.countries):
            continue
        with market.market.write(market.seller_account.seller_id) as unit:
            start = unit.now - timedelta(days=28)
            made[name] = make_own(unit, name, (market.marketplace_id,), start=start, end=unit.now).report_id
    market.advance(minutes=5)
    return {name: market.report_of(report_id) for name, report_id in made.items()}


@pytest.mark.parametrize("country", ["US", "DE", "JP"])
def test_what_is_personal_stands_in_restricted_reports_alone(country: str) -> None:
    with TestMarket(marketplaces=[BY_COUNTRY[country].marketplace_id]) as market:
        shop = BusyShop(market, country)
        shop.luck = Random(f"personal in {country}")
        shop.lives(25, at_most_hours=12)

        papers = everything(shop)

    personal = {name: personal_in(paper.text) for name, paper in papers.items() if "text/" in paper.content_type}
    assert len([name for name, paper in papers.items() if paper.status == "DONE"]) >= MANY[country]
    assert {name for name, found in personal.items() if found and not REPORT_TYPES[name].is_restricted} == set()
    told = {name for name, found in personal.items() if found}
    assert {"GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING", "GET_ORDER_REPORT_DATA_SHIPPING"} <= told
