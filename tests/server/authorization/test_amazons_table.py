"""Amazon's tables of refusals, and the Permissions document's three, row by row as they come over the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from sellingpartner.contract.scopes import FINANCE, NOTIFICATIONS, ORDERS, PRODUCTS, SCOPES
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.testing import Reply
from sellingpartner.testing.world import START

Desk = Any  # tests/server/authorization/conftest.py

ORDER = "/orders/v0/orders/902-0000000-0000000"
DENIED = "Access to requested resource is denied."
GONE = "The request has an invalid grant parameter : refresh_token"


class TokenRow(NamedTuple):
    """One row of the token endpoint's table."""

    case: str
    ask: Callable[[Desk], Reply]
    status: int
    error: str
    description: str


def reused_code(desk: Desk) -> Reply:
    code = desk.code()
    desk.exchange(code)
    reply: Reply = desk.exchange(code)
    return reply


def expired_code(desk: Desk) -> Reply:
    code = desk.code()
    desk.market.advance(seconds=300)
    reply: Reply = desk.exchange(code)
    return reply


def after(what: Callable[[Desk], object], ask: Callable[[Desk], Reply]) -> Callable[[Desk], Reply]:
    def play(desk: Desk) -> Reply:
        what(desk)
        return ask(desk)

    return play


INVALID_CODE = "The request has an invalid grant parameter : code"
UNSUPPORTED = "The authorization grant type is not supported by the authorization server"
WRONG_CLIENT = "Client authentication failed"
TOKEN_TABLE = (
    TokenRow("no grant_type", lambda desk: desk.ask(), 400, "unsupported_grant_type", UNSUPPORTED),
    TokenRow("unknown grant_type", lambda desk: desk.ask(grant_type="x"), 400, "unsupported_grant_type", UNSUPPORTED),
    TokenRow(
        "missing parameter",
        lambda desk: desk.exchange(""),
        400,
        "invalid_request",
        "The request is missing a required parameter : code",
    ),
    TokenRow("expired code", expired_code, 400, "invalid_grant", INVALID_CODE),
    TokenRow("reused code", reused_code, 400, "invalid_grant", INVALID_CODE),
    TokenRow(
        "wrong redirect_uri",
        lambda desk: desk.exchange(desk.code(), redirect_uri="https://desk.example/other"),
        400,
        "invalid_grant",
        INVALID_CODE,
    ),
    TokenRow("foreign token", lambda desk: desk.refresh(refresh_token="Atzr|x"), 400, "invalid_grant", GONE),
    TokenRow(
        "revoked grant",
        after(lambda desk: desk.revoke(), lambda desk: desk.refresh()),
        400,
        "invalid_grant",
        f"{GONE}. User may have revoked or didn't grant the permission.",
    ),
    TokenRow("wrong id", lambda desk: desk.refresh(client_id="x"), 401, "invalid_client", WRONG_CLIENT),
    TokenRow(
        "wrong secret",
        lambda desk: desk.refresh(client_secret="x"),
        401,
        "invalid_client",
        WRONG_CLIENT,
    ),
    TokenRow(
        "expired secret",
        after(lambda desk: desk.market.advance(days=180), lambda desk: desk.refresh()),
        401,
        "invalid_client",
        WRONG_CLIENT,
    ),
    TokenRow(
        "unknown scope",
        lambda desk: desk.by_itself("sellingpartnerapi::x"),
        400,
        "invalid_scope",
        "The request has an unknown scope : sellingpartnerapi::x",
    ),
)


@pytest.mark.parametrize("row", TOKEN_TABLE, ids=lambda row: row.case)
def test_the_token_endpoint_refuses_as_amazons_does(desk: Desk, row: TokenRow) -> None:
    reply = row.ask(desk)

    assert desk.refusal(reply) == {"status": row.status, "error": row.error, "error_description": row.description}
    kind = "".join(word.capitalize() for word in row.error.split("_"))
    assert reply.headers["x-amzn-errortype"] == f"OA2{kind}Exception"
    assert reply.headers["content-type"] == "application/json;charset=UTF-8"
    assert reply.headers["cache-control"] == "no-cache, no-store, must-revalidate"
    assert desk.last_call().reason


class CallRow(NamedTuple):
    """One row of the API's table."""

    case: str
    call: Callable[[Desk], Reply]
    code: str
    message: str
    details: str | None
    error_type: str


def with_token(desk: Desk, token: str | None, path: str = "/sellers/v1/account") -> Reply:
    somebody = desk.market.anybody()
    reply: Reply = (somebody if token is None else somebody.with_token(token)).call("GET", path)
    return reply


def access_token(desk: Desk, **fields: str) -> str:
    token: str = desk.refresh(**fields).json()["access_token"]
    return token


def later(desk: Desk, span: timedelta) -> Reply:
    token = access_token(desk)
    desk.market.market.clock.move_to(START + span)
    return with_token(desk, token)


def revoked(desk: Desk) -> Reply:
    token = access_token(desk)
    desk.revoke()
    return with_token(desk, token)


def without_role(desk: Desk) -> Reply:
    """A grant of an application that is registered with a role that does not help."""
    with desk.market.market.write() as unit:
        unit.connection.exec_driver_sql("""UPDATE applications SET roles = '["Brand Analytics"]'""")
    with desk.market.market.write(desk.seller_id) as unit:
        _, token = give_grant(unit, desk.seller_id, desk.application.application_id)
    return with_token(desk, access_token(desk, refresh_token=token), "/finances/v0/financialEvents")


CALL_TABLE = (
    CallRow(
        "no token",
        lambda desk: with_token(desk, None),
        "Unauthorized",
        DENIED,
        "Access token is missing in the request header.",
        "AccessDeniedException",
    ),
    CallRow(
        "expired token",
        lambda desk: later(desk, timedelta(hours=1)),
        "Unauthorized",
        DENIED,
        "The access token you provided has expired.",
        "AccessDeniedException",
    ),
    CallRow(
        "malformed token",
        lambda desk: with_token(desk, "Atza|x"),
        "Unauthorized",
        DENIED,
        "The access token you provided is revoked, malformed or invalid.",
        "AccessDeniedException",
    ),
    CallRow(
        "revoked grant, in the Permissions document's words",
        revoked,
        "Unauthorized",
        "Unauthorized",
        "The access token has expired or been revoked.",
        "AccessDeniedException",
    ),
    CallRow(
        "client secret expired",
        lambda desk: later(desk, timedelta(days=180)),
        "Unauthorized",
        DENIED,
        "The LWA secret token you provided has expired.",
        "AccessDeniedException",
    ),
    CallRow("role missing", without_role, "Unauthorized", DENIED, "", "AccessDeniedException"),
    CallRow(
        "scope missing",
        lambda desk: with_token(desk, access_token(desk, scope=FINANCE), ORDER),
        "Unauthorized",
        DENIED,
        f"getOrder needs the scope {ORDERS}.",
        "AccessDeniedException",
    ),
    CallRow(
        "grantless token on a seller's operation",
        lambda desk: with_token(desk, desk.by_itself(NOTIFICATIONS).json()["access_token"]),
        "Unauthorized",
        DENIED,
        "",
        "AccessDeniedException",
    ),
    CallRow(
        "unknown path",
        lambda desk: with_token(desk, access_token(desk), "/orders/v9/orders"),
        "MissingAuthenticationToken",
        "Missing Authentication Token",
        None,
        "MissingAuthenticationTokenException",
    ),
)


@pytest.mark.parametrize("row", CALL_TABLE, ids=lambda row: row.case)
def test_the_api_refuses_as_amazons_does(desk: Desk, row: CallRow) -> None:
    reply = row.call(desk)

    expected = {"code": row.code, "message": row.message}
    if row.details is not None:
        expected["details"] = row.details
    assert (reply.status, reply.json()) == (403, {"errors": [expected]})
    assert reply.headers["x-amzn-errortype"] == row.error_type
    assert "x-amzn-ratelimit-limit" not in reply.headers
    assert desk.last_call().reason


def test_the_role_that_would_do_is_in_the_log(desk: Desk) -> None:
    without_role(desk)

    assert desk.last_call().reason == (
        "listFinancialEvents needs one of the roles Amazon Fulfillment or Finance and Accounting; "
        "the grant has Brand Analytics."
    )


def test_the_answer_to_an_exchange_is_the_permissions_documents(desk: Desk) -> None:
    reply = desk.exchange(desk.code(scopes=(PRODUCTS, ORDERS)))

    assert set(reply.json()) == {"access_token", "refresh_token", "token_type", "expires_in", "scope"}
    assert reply.json()["scope"] == f"{PRODUCTS} {ORDERS}"
    assert set(desk.refresh().json()["scope"].split()) == set(SCOPES)


@pytest.mark.parametrize("case", ["expired token", "client secret expired"])
def test_the_log_knows_whose_a_token_was_that_opens_nothing_any_more(desk: Desk, case: str) -> None:
    next(row for row in CALL_TABLE if row.case == case).call(desk)

    call = desk.last_call()
    assert (call.application_id, call.seller_id) == (desk.application.application_id, desk.seller_id)
