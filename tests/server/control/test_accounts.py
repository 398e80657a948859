from __future__ import annotations

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.contract.scopes import ORDERS, SCOPES
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations
from sellingpartner.testing import Caller, TestMarket

US, CA, DE = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1PA6795UKMFR9"


def test_a_seller_joins_in_marketplaces_of_one_region(operator: Caller) -> None:
    made = operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=[US, CA]))

    assert (made.name, made.region, sorted(made.marketplace_ids)) == ("Lakeside", "NA", sorted([US, CA]))
    assert {one.name for one in operator.send(v1.ListSellers()).sellers} == {"Harbor Goods", "Lakeside"}


@pytest.mark.parametrize(
    ("marketplace_ids", "why"),
    [([US, DE], "is in one region"), (["NOWHERE"], "NOWHERE"), ([], "marketplaceIds")],
)
def test_a_seller_that_cannot_be_does_not_join(operator: Caller, marketplace_ids: list[str], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=marketplace_ids))

    assert [one.name for one in operator.send(v1.ListSellers()).sellers] == ["Harbor Goods"]


def test_an_application_is_registered_and_its_secret_shown_once(operator: Caller) -> None:
    made = operator.send(
        v1.CreateApplication(name="Tide Desk", scopes=[ORDERS], redirect_uris=["https://tide.example"])
    )

    assert made.client_secret.startswith("amzn1.oa2-cs.v1.")
    assert (made.name, made.scopes, made.redirect_uris) == ("Tide Desk", [ORDERS], ["https://tide.example"])
    listed = operator.call("GET", "/market/v1/applications")
    assert [one["name"] for one in listed.json()["applications"]] == ["Harbor Desk", "Tide Desk"]
    assert b"ecret" not in listed.body


def test_an_application_asks_for_all_scopes_unless_said(operator: Caller) -> None:
    assert operator.send(v1.CreateApplication(name="Tide Desk")).scopes == list(SCOPES)


def test_a_grant_works_until_it_is_revoked(market: TestMarket, operator: Caller) -> None:
    seller = operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=[US]))
    application = operator.send(v1.CreateApplication(name="Tide Desk"))

    grant = operator.send(v1.CreateGrant(seller_id=seller.seller_id, application_id=application.application_id))

    form = (
        f"grant_type=refresh_token&client_id={application.client_id}&client_secret={application.client_secret}"
        f"&refresh_token={grant.refresh_token.replace('|', '%7C')}"
    )
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    token = operator.call("POST", "/auth/o2/token", headers=headers, body=form.encode()).json()["access_token"]
    program = operator.with_token(token)
    entered = program.send(GetMarketplaceParticipations()).payload or []
    assert [one.store_name for one in entered] == ["Lakeside"]

    operator.send(v1.RevokeGrant(grant_id=grant.grant_id))

    with pytest.raises(Unauthorized):
        program.send(GetMarketplaceParticipations())
    (kept,) = operator.send(v1.ListGrants(application_id=application.application_id)).grants
    assert (kept.grant_id, kept.revoked_at) == (grant.grant_id, market.now)


@pytest.mark.parametrize("grant_id", ["", "X", "NOBODY-1", "-1", "AB-one"])
def test_a_grant_that_nobody_gave_cannot_be_revoked(operator: Caller, grant_id: str) -> None:
    with pytest.raises(NotFound):
        operator.send(v1.RevokeGrant(grant_id=grant_id))


def test_a_grant_needs_a_seller_and_an_application_that_exist(market: TestMarket, operator: Caller) -> None:
    seller_id = market.seller_account.seller_id

    with pytest.raises(NotFound, match="no seller NOBODY"):
        operator.send(v1.CreateGrant(seller_id="NOBODY", application_id=market.application.application_id))
    with pytest.raises(NotFound, match="no application none"):
        operator.send(v1.CreateGrant(seller_id=seller_id, application_id="none"))

    assert len(operator.send(v1.ListGrants(seller_id=seller_id)).grants) == 1
