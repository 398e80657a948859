from __future__ import annotations

from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.storage.events import events
from sellingpartner.testing import Caller, TestMarket

US, CA, DE = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1PA6795UKMFR9"


def test_a_seller_joins_in_marketplaces_of_one_region(operator: Caller) -> None:
    made = operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=[US, CA]))

    assert (made.name, made.region, sorted(made.marketplace_ids)) == ("Lakeside", "NA", sorted([US, CA]))
    assert {one.name for one in operator.send(v1.ListSellers()).sellers} == {"Harbor Goods", "Lakeside"}


def test_a_seller_joins_with_an_application_that_it_has_let_in(operator: Caller, market: TestMarket) -> None:
    made = operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=[US], with_application=True))

    assert made.credentials is not None
    (grant,) = operator.send(v1.ListGrants(seller_id=made.seller_id)).grants
    assert grant.application_id == made.credentials.application_id
    form = {
        "grant_type": "refresh_token",
        "refresh_token": made.credentials.refresh_token,
        "client_id": made.credentials.client_id,
        "client_secret": made.credentials.client_secret,
    }
    assert market.anybody().call("POST", "/auth/o2/token", body=urlencode(form).encode()).status == 200
    with market.market.read() as unit:
        told = {(row.kind, row.seller_id) for row in unit.execute(select(events.c.kind, events.c.seller_id))}
    assert {("SellerJoined", ""), ("GrantGiven", made.seller_id)} <= told


@pytest.mark.parametrize(
    ("marketplace_ids", "why"),
    [([US, DE], "is in one region"), (["NOWHERE"], "NOWHERE"), ([], "marketplaceIds")],
)
def test_a_seller_that_cannot_be_does_not_join(operator: Caller, marketplace_ids: list[str], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=marketplace_ids))

    assert [one.name for one in operator.send(v1.ListSellers()).sellers] == ["Harbor Goods"]
