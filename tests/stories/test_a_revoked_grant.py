from __future__ import annotations

from urllib.parse import urlencode

import pytest

from sellingpartner.market.accounts.grants import give_grant, revoke_grant
from sellingpartner.market.events.accounts import GrantRevoked
from sellingpartner.testing import Caller, Reply, TestMarket

PARTICIPATIONS = "/sellers/v1/marketplaceParticipations"


class Application:
    """What an application holds after a seller let it in: by the wire alone, as any SDK does it."""

    def __init__(self, market: TestMarket) -> None:
        self._market = market
        self._somebody = market.anybody()
        seller_id, application_id = market.seller_account.seller_id, market.application.application_id
        with market.market.write(seller_id) as unit:
            self.grant, self.refresh_token = give_grant(unit, seller_id, application_id)
        self.caller = self._somebody.with_token(self.refreshed().json()["access_token"])

    def refreshed(self) -> Reply:
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": self.refresh_token,
            "client_id": self._market.application.client_id,
            "client_secret": self._market.client_secret,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._somebody.call("POST", "/auth/o2/token", headers=headers, body=urlencode(fields).encode())

    def restricted_to(self, path: str) -> Caller:
        wanted = f'{{"restrictedResources":[{{"method":"GET","path":"{path}","dataElements":["buyerInfo"]}}]}}'
        reply = self.caller.call("POST", "/tokens/2021-03-01/restrictedDataToken", body=wanted.encode())
        return self._somebody.with_token(reply.json()["restrictedDataToken"])

    def revoke(self) -> None:
        with self._market.market.write(self.grant.seller_id) as unit:
            revoke_grant(unit, self.grant.seller_id, self.grant.grant_id)


@pytest.fixture
def application(market: TestMarket) -> Application:
    return Application(market)


def test_the_next_call_the_next_refresh_and_the_restricted_token_stop(
    market: TestMarket, application: Application
) -> None:
    path = f"/orders/v0/orders/{market.buys()}"
    opened = application.restricted_to(path)
    assert [application.caller.call("GET", PARTICIPATIONS).status, opened.call("GET", path).status] == [200, 200]

    application.revoke()

    call, refresh, restricted = application.caller.call("GET", PARTICIPATIONS), application.refreshed(), opened
    assert (call.status, call.json()["errors"][0]["code"]) == (403, "Unauthorized")
    assert "revoked" in call.json()["errors"][0]["details"]
    assert (refresh.status, refresh.json()["error"]) == (400, "invalid_grant")
    assert restricted.call("GET", path).status == 403
    assert application.caller.call("POST", "/tokens/2021-03-01/restrictedDataToken", body=b"{}").status == 403
    assert [fact.grant_id for fact in market.facts(GrantRevoked)] == [application.grant.grant_id]


def test_nothing_else_stops(market: TestMarket, application: Application) -> None:
    other_grant = Application(market)
    other_seller = market.caller(seller=market.join("Loft & Larder"))
    path = f"/orders/v0/orders/{market.buys()}"
    opened = other_grant.restricted_to(path)

    application.revoke()

    assert other_grant.caller.call("GET", PARTICIPATIONS).status == 200
    assert other_grant.refreshed().status == 200
    assert opened.call("GET", path).status == 200
    assert other_seller.call("GET", PARTICIPATIONS).status == 200
    assert market.seller.call("GET", path).status == 200


def test_a_grant_that_is_given_anew_works_and_the_old_one_stays_revoked(
    market: TestMarket, application: Application
) -> None:
    application.revoke()

    again = Application(market)

    assert again.caller.call("GET", PARTICIPATIONS).status == 200
    assert application.caller.call("GET", PARTICIPATIONS).status == 403
    assert application.refreshed().status == 400
