"""A token is good for what it was made for and the grant behind it still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, PRODUCTS, SCOPES
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import ApplicationStatus, Distribution
from sellingpartner.market.accounts.secrets import new_secret
from sellingpartner.testing import Caller, Reply

Desk = Any  # tests/server/authorization/conftest.py

ORDER = "/orders/v0/orders/902-0000000-0000000"
REVOKED = {
    "code": "Unauthorized",
    "message": "Unauthorized",
    "details": "The access token has expired or been revoked.",
}


def caller(desk: Desk, reply: Reply) -> Caller:
    found: Caller = desk.market.anybody().with_token(reply.json()["access_token"])
    return found


def missing(reply: Reply) -> str:
    assert reply.status == 403
    details: str = reply.json()["errors"][0]["details"]
    return details.rpartition(" ")[2].removesuffix(".")


def fresh_secret(desk: Desk) -> None:
    with desk.market.market.write() as unit:
        desk.credentials["client_secret"] = new_secret(unit, desk.application.application_id)


def test_a_refresh_may_ask_for_less_and_the_refresh_token_keeps_the_rest(desk: Desk) -> None:
    less = desk.refresh(scope=f"{FINANCE} {INVENTORY}")

    assert less.status == 200
    assert less.json()["scope"] == f"{INVENTORY} {FINANCE}"
    assert missing(caller(desk, less).call("GET", ORDER)) == ORDERS
    assert caller(desk, less).call("GET", "/finances/v0/financialEvents").status == 200
    assert desk.refresh(refresh_token=less.json()["refresh_token"]).json()["scope"] == " ".join(SCOPES)


@pytest.mark.parametrize("scope", [f"{ORDERS} {ORDERS}", f" {ORDERS} "])
def test_a_scope_that_is_said_twice_or_with_spaces_is_one(desk: Desk, scope: str) -> None:
    assert desk.refresh(scope=scope).json()["scope"] == ORDERS


def test_a_refresh_for_more_than_was_granted_is_an_invalid_scope(desk: Desk) -> None:
    token = desk.exchange(desk.code(scopes=(ORDERS,))).json()["refresh_token"]

    assert desk.refusal(desk.refresh(refresh_token=token, scope=f"{ORDERS} {FINANCE}")) == {
        "status": 400,
        "error": "invalid_scope",
        "error_description": f"The request has a scope that was not granted : {FINANCE}",
    }
    assert desk.last_call().reason == f"The grant holds {ORDERS}."


@pytest.mark.parametrize("scope", ["sellingpartnerapi::everything", f"{ORDERS}  {FINANCE}", "any"])
def test_a_refresh_for_what_is_no_scope_is_an_invalid_scope(desk: Desk, scope: str) -> None:
    refused = desk.refusal(desk.refresh(scope=scope))

    assert refused["error"] == "invalid_scope"
    assert refused["error_description"].startswith("The request has an unknown scope : ")


def test_what_the_seller_takes_out_of_a_grant_its_tokens_lose_at_once(desk: Desk) -> None:
    before = caller(desk, desk.refresh())
    assert before.call("GET", ORDER).status == 404

    desk.narrow(ORDERS, PRODUCTS)

    assert missing(before.call("GET", ORDER)) == ORDERS
    assert before.call("GET", "/finances/v0/financialEvents").status == 200
    after = desk.refresh()
    assert after.json()["scope"] == " ".join(scope for scope in SCOPES if scope not in {ORDERS, PRODUCTS})
    assert missing(caller(desk, after).call("GET", ORDER)) == ORDERS
    assert desk.refusal(desk.refresh(scope=ORDERS))["error"] == "invalid_scope"


def test_a_narrowed_token_and_a_narrowed_grant_leave_what_both_hold(desk: Desk) -> None:
    orders_and_finance = caller(desk, desk.refresh(scope=f"{ORDERS} {FINANCE}"))

    desk.narrow(ORDERS)

    assert missing(orders_and_finance.call("GET", ORDER)) == ORDERS
    assert missing(orders_and_finance.call("GET", "/fba/inventory/v1/summaries")) == INVENTORY
    assert orders_and_finance.call("GET", "/finances/v0/financialEvents").status == 200


def test_a_restricted_token_loses_what_the_grant_loses(desk: Desk) -> None:
    order = f"/orders/v0/orders/{desk.market.buys()}"
    wanted = f'{{"restrictedResources":[{{"method":"GET","path":"{order}","dataElements":["buyerInfo"]}}]}}'
    issued = caller(desk, desk.refresh()).call("POST", "/tokens/2021-03-01/restrictedDataToken", body=wanted.encode())
    restricted = desk.market.anybody().with_token(issued.json()["restrictedDataToken"])
    assert restricted.call("GET", order).status == 200

    desk.narrow(ORDERS)

    assert missing(restricted.call("GET", order)) == ORDERS


def test_a_grant_narrowed_to_nothing_is_revoked(desk: Desk) -> None:
    token = caller(desk, desk.refresh())

    desk.narrow(*SCOPES)

    assert token.call("GET", ORDER).json()["errors"] == [REVOKED]
    assert "revoked" in desk.refusal(desk.refresh())["error_description"]


def test_a_public_applications_grant_ends_after_a_year(desk: Desk) -> None:
    application_id = desk.application.application_id
    with desk.market.market.write() as unit:
        change_application(unit, application_id, distribution=Distribution.LISTED, status=ApplicationStatus.PUBLISHED)
    with desk.market.market.write(desk.seller_id) as unit:
        grant, desk.refresh_token = give_grant(unit, desk.seller_id, application_id)
    assert grant.expires_at is not None
    desk.market.market.clock.move_to(grant.expires_at - timedelta(seconds=1))
    fresh_secret(desk)
    token = caller(desk, desk.refresh())
    assert token.call("GET", ORDER).status == 404

    desk.market.advance(seconds=1)

    assert token.call("GET", ORDER).json()["errors"] == [REVOKED]
    assert desk.refusal(desk.refresh())["error_description"] == (
        "The request has an invalid grant parameter : refresh_token. "
        "User may have revoked or didn't grant the permission."
    )
    assert desk.last_call().reason == "The grant ended at 2027-11-02T09:00:00Z; the seller did not renew it."


def test_a_private_applications_grant_does_not_end(desk: Desk) -> None:
    desk.market.advance(days=400)
    fresh_secret(desk)

    assert desk.refresh().status == 200
