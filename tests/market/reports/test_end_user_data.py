"""END_USER_DATA_REPORT: what buyers who share their data looked at and bought, in whole periods alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from published import check_report

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.reports.families.shop import end_user_data
from sellingpartner.testing import TestMarket

TYPE = "END_USER_DATA_REPORT"
BERLIN = Address(name="Ann Lee", line_1="Hauptstr. 1", city="Berlin", postal_code="10115", country_code="DE")


@pytest.fixture
def germany(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestMarket]:
    """A market in Germany where Ann shares her data and Bob does not, on a Monday: 2026-11-02."""
    monkeypatch.setattr(end_user_data, "shares", lambda _, email: email.startswith("ann"))
    with TestMarket(marketplaces=["DE"]) as market:
        yield market


def buys(market: TestMarket, who: str, sku: str = "MUG-BLUE", quantity: int = 1, **more: Any) -> str:  # noqa: ANN401
    buyer = Buyer(name=f"{who.title()} Lee", email=f"{who}@marketplace.amazon.de")
    return market.buys(sku, quantity, buyer=buyer, address=BERLIN, **more)


def told(market: TestMarket, days: int, period: str | None = "DAY", end: int = 0) -> Any:  # noqa: ANN401 - JSON
    options = {} if period is None else {"reportPeriod": period}
    now = market.now
    return market.report(TYPE, start=now - timedelta(days=days), end=now - timedelta(days=end), options=options)


def test_who_shares_its_data_is_told_of_and_nobody_else(germany: TestMarket) -> None:
    for who in ("ann", "bob", "ann"):
        buys(germany, who)
    buys(germany, "ann", "MUG-RED", 2)
    buys(germany, "ann", paid=False)
    germany.advance(days=1)

    paper = told(germany, 1)

    check_report(paper.json, "endUserDataReport.json")
    (ann,) = paper.json["endUserData"]
    assert (ann["fullName"], ann["primaryEmail"], ann["mailingAddress"]["postalCode"]) == (
        "Ann Lee",
        "ann@marketplace.amazon.de",
        "10115",
    )
    metrics = sorted((one["pageViews"], one["gms"], one["startDate"], one["endDate"]) for one in ann["asinMetrics"])
    assert metrics == [(1, 29.98, "2026-11-02", "2026-11-02"), (2, 29.98, "2026-11-02", "2026-11-02")]
    assert {one["currencyCode"] for one in ann["asinMetrics"]} == {"EUR"}


def test_only_whole_periods_are_told_of(germany: TestMarket) -> None:
    buys(germany, "ann")  # on a Monday
    germany.advance(days=7)
    buys(germany, "ann")
    germany.advance(days=40)  # 2026-12-19

    weeks, months = told(germany, 52, "WEEK"), told(germany, 70, None)
    middle = told(germany, 46, "MONTH", end=25)

    assert [one["startDate"] for one in weeks.json["endUserData"][0]["asinMetrics"]] == ["2026-11-01", "2026-11-08"]
    specification = weeks.json["reportSpecification"]
    assert (specification["dataStartTime"], specification["dataEndTime"]) == ("2026-11-01", "2026-12-19")
    (month,) = months.json["endUserData"][0]["asinMetrics"]
    assert (month["startDate"], month["endDate"], month["pageViews"]) == ("2026-11-01", "2026-11-30", 2)
    assert middle.status == "CANCELLED"


def test_what_nobody_shares_is_no_report(germany: TestMarket) -> None:
    buys(germany, "bob")
    germany.advance(days=1)

    assert told(germany, 1).status == "CANCELLED"


def test_it_takes_a_period_of_its_own_and_a_shop_in_the_european_union(germany: TestMarket) -> None:
    with pytest.raises(InvalidInput):
        told(germany, 1, "QUARTER")
    with pytest.raises(InvalidInput):
        germany.report(TYPE)
    with TestMarket() as america, pytest.raises(InvalidInput):
        told(america, 1)


def test_few_share_their_data() -> None:
    with TestMarket(marketplaces=["DE"]) as market, market.market.read(market.seller_account.seller_id) as unit:
        sharing = sum(end_user_data.shares(unit, f"{number}@marketplace.amazon.de") for number in range(2_000))

    assert 60 < sharing < 140
