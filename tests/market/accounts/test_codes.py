"""Authorization codes: for one application, one redirect URI, one use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.codes import CodeRefused, code_of, issue_code, redeem_code
from sellingpartner.market.accounts.model import Application, Grant
from sellingpartner.market.accounts.questions import grants_of
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.market import Market

CALLBACK = "https://desk.example/callback"


@pytest.fixture
def market() -> Market:
    return Market.open(seed=1, at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def seller_id(market: Market) -> str:
    with market.write() as unit:
        return join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id


@pytest.fixture
def application(market: Market) -> Application:
    with market.write() as unit:
        developer_id = register_developer(unit, "Dev")
        return register_application(unit, "Desk", developer_id, scopes=[ORDERS, INVENTORY], redirect_uris=[CALLBACK])[0]


def redeem(market: Market, seller_id: str, application: Application, code: str) -> Grant:
    with market.write(seller_id) as unit:
        return redeem_code(unit, code_of(unit, application.application_id, code))[0]


def test_a_code_gives_what_the_seller_consented_to(market: Market, seller_id: str, application: Application) -> None:
    with market.write(seller_id) as unit:
        code = issue_code(unit, application.application_id, seller_id, CALLBACK, [ORDERS])

    grant = redeem(market, seller_id, application, code)

    assert (grant.seller_id, grant.application_id, grant.scopes) == (seller_id, application.application_id, (ORDERS,))
    with market.read() as unit:
        assert grants_of(unit, seller_id=seller_id) == [grant]


def test_without_scopes_a_code_gives_all_that_is_registered(
    market: Market, seller_id: str, application: Application
) -> None:
    with market.write(seller_id) as unit:
        code = issue_code(unit, application.application_id, seller_id, CALLBACK)

    assert redeem(market, seller_id, application, code).scopes == (ORDERS, INVENTORY)


def test_a_code_alone_is_no_grant(market: Market, seller_id: str, application: Application) -> None:
    with market.write(seller_id) as unit:
        issue_code(unit, application.application_id, seller_id, CALLBACK)

    with market.read() as unit:
        assert grants_of(unit) == []


def test_a_code_is_stored_hashed(market: Market, seller_id: str, application: Application) -> None:
    with market.write(seller_id) as unit:
        code = issue_code(unit, application.application_id, seller_id, CALLBACK)

        assert code not in str(unit.execute(select(tables.codes)).one())


@pytest.mark.parametrize(
    ("redirect_uri", "scopes", "words"),
    [
        ("https://evil.example", [ORDERS], "is not a redirect URI of Desk"),
        (f"{CALLBACK}#", [ORDERS], "is not a redirect URI of Desk"),
        (CALLBACK, [FINANCE], "Desk is not registered for sellingpartnerapi::finance"),
        (CALLBACK, ["orders"], "orders is not a scope"),
    ],
)
def test_no_code_goes_beyond_the_registration(
    market: Market, seller_id: str, application: Application, redirect_uri: str, scopes: list[str], words: str
) -> None:
    with market.write(seller_id) as unit, pytest.raises(InvalidInput, match=words):
        issue_code(unit, application.application_id, seller_id, redirect_uri, scopes)


def test_a_code_needs_a_seller_and_an_application(market: Market, seller_id: str, application: Application) -> None:
    with market.write(seller_id) as unit:
        with pytest.raises(NotFound, match="There is no seller A0"):
            issue_code(unit, application.application_id, "A0", CALLBACK)
        with pytest.raises(NotFound, match="There is no application none"):
            issue_code(unit, "none", seller_id, CALLBACK)


def test_the_second_use_revokes_what_the_first_one_gave(
    market: Market, seller_id: str, application: Application
) -> None:
    with market.write(seller_id) as unit:
        code = issue_code(unit, application.application_id, seller_id, CALLBACK)
    redeem(market, seller_id, application, code)
    market.advance(timedelta(seconds=60))

    with market.write(seller_id) as unit:
        again = code_of(unit, application.application_id, code)
        with pytest.raises(CodeRefused, match="was used before"):
            redeem_code(unit, again)

    with market.read() as unit:
        (grant,) = grants_of(unit)
        assert grant.revoked_at == datetime(2026, 11, 2, 9, 1, tzinfo=UTC)


def test_of_two_who_looked_a_code_up_at_once_only_the_first_redeems_it(
    market: Market, seller_id: str, application: Application
) -> None:
    with market.write(seller_id) as unit:
        code = issue_code(unit, application.application_id, seller_id, CALLBACK)
        first, second = (code_of(unit, application.application_id, code) for _ in range(2))
    with market.write(seller_id) as unit:
        redeem_code(unit, first)

    with market.write(seller_id) as unit, pytest.raises(CodeRefused):
        redeem_code(unit, second)


def test_codes_are_forgotten_a_day_after_they_expired(market: Market, seller_id: str, application: Application) -> None:
    for _ in range(3):
        with market.write(seller_id) as unit:
            issue_code(unit, application.application_id, seller_id, CALLBACK)
        market.advance(timedelta(days=2))

    with market.read() as unit:
        assert unit.count(tables.codes) == 1
