from __future__ import annotations

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.contract.scopes import FINANCE, ORDERS
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations
from sellingpartner.market.events.accounts import GrantNarrowed
from sellingpartner.testing import Caller, TestMarket

US = "ATVPDKIKX0DER"


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


@pytest.mark.parametrize("grant_id", ["X", "NOBODY-1", "-1", "AB-one", f"AB-{'9' * 30}"])
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


def give(market: TestMarket, operator: Caller, *scopes: str) -> v1.Grant:
    application_id = market.application.application_id
    seller_id = market.seller_account.seller_id
    return operator.send(v1.CreateGrant(seller_id=seller_id, application_id=application_id, scopes=list(scopes)))


def test_scopes_are_taken_out_of_a_grant(market: TestMarket, operator: Caller) -> None:
    grant = give(market, operator, ORDERS, FINANCE)

    narrowed = operator.send(v1.NarrowGrant(grant_id=grant.grant_id, withdraw=[FINANCE]))

    assert (narrowed.grant_id, narrowed.scopes, narrowed.revoked_at) == (grant.grant_id, [ORDERS], None)
    bare = operator.send(v1.NarrowGrant(grant_id=grant.grant_id, withdraw=[ORDERS]))
    assert (bare.scopes, bare.revoked_at) == ([], market.now)


@pytest.mark.parametrize("withdraw", [[], ["orders"]])
def test_what_is_no_scope_is_not_taken_out(market: TestMarket, operator: Caller, withdraw: list[str]) -> None:
    grant = give(market, operator, ORDERS)

    with pytest.raises(InvalidInput, match=r"withdraw|is not a scope"):
        operator.send(v1.NarrowGrant(grant_id=grant.grant_id, withdraw=withdraw))

    assert market.facts(GrantNarrowed) == []


@pytest.mark.parametrize("grant_id", ["X", "NOBODY-1", f"NOBODY-{'9' * 30}"])
def test_a_grant_that_nobody_gave_cannot_be_narrowed(operator: Caller, grant_id: str) -> None:
    with pytest.raises(NotFound):
        operator.send(v1.NarrowGrant(grant_id=grant_id, withdraw=[ORDERS]))


def test_a_grant_says_when_it_ends(market: TestMarket, operator: Caller) -> None:
    listed = operator.send(v1.CreateApplication(name="Tide Desk", distribution=v1.Distribution.LISTED))
    seller_id = market.seller_account.seller_id

    grant = operator.send(v1.CreateGrant(seller_id=seller_id, application_id=listed.application_id))

    assert grant.expires_at is not None
    assert (grant.expires_at - grant.given_at).days == 365
    standing = operator.send(v1.GetMarketStatus()).counts.grants
    market.advance(days=365)
    assert operator.send(v1.GetMarketStatus()).counts.grants == standing - 1
