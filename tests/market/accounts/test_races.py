"""Two at once, on both databases: whoever comes second finds what the first one left, and nothing breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.scopes import FINANCE, ORDERS
from sellingpartner.market.accounts.applications import register_application
from sellingpartner.market.accounts.audit import entries
from sellingpartner.market.accounts.codes import code_of, issue_code, redeem_code
from sellingpartner.market.accounts.consent import Asked, approve
from sellingpartner.market.accounts.grants import give_grant, narrow_grant, revoke_application, revoke_grant
from sellingpartner.market.accounts.model import OPERATOR, Application, ApplicationStatus, Grant, Seller, User
from sellingpartner.market.accounts.questions import grant_of, grants_of
from sellingpartner.market.accounts.users import EmailTaken, all_users, create_user
from sellingpartner.market.events.accounts import GrantRevoked
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import PASSWORD

CALLBACK = "https://tide.example/callback"
ROUNDS = 8


@pytest.fixture
def shop(database_url: str) -> Iterator[TestMarket]:
    made = TestMarket(database_url)
    yield made
    made.close()


@pytest.fixture
def tide(shop: TestMarket) -> Application:
    with shop.market.write() as unit:
        return register_application(
            unit,
            "Tide Desk",
            shop.application.developer_id,
            status=ApplicationStatus.PUBLISHED,
            scopes=[ORDERS, FINANCE],
            optional_scopes=[FINANCE],
            redirect_uris=[CALLBACK],
        )[0]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do several things at the same time; what each came to, or was refused with."""
    begin = Barrier(len(acts))

    def act(what: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever comes of it
        begin.wait()
        try:
            return what()
        except SellingPartnerError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(act, acts))


def say_yes(shop: TestMarket, tide: Application, user: User) -> str:
    what = Asked(application=tide, redirect_uri=CALLBACK, state="", scopes=tide.scopes, optional=tide.optional_scopes)
    with shop.market.write(user.seller_id or "") as unit:
        return approve(unit, what, user, ticked=[ORDERS], by=OPERATOR)


def exchange(shop: TestMarket, tide: Application, code: str, seller_id: str) -> Grant:
    with shop.market.write(seller_id) as unit:
        return redeem_code(unit, code_of(unit, tide.application_id, code))[0]


def test_a_form_that_is_sent_twice_gives_two_codes_that_both_work(shop: TestMarket, tide: Application) -> None:
    user, seller_id = shop.user(), shop.seller_account.seller_id
    with shop.market.write(seller_id) as unit:
        give_grant(unit, seller_id, tide.application_id)

    codes = at_once(*[lambda: say_yes(shop, tide, user)] * 2)
    grants = at_once(*[partial(exchange, shop, tide, code, seller_id) for code in codes])

    assert len(set(codes)) == 2
    assert [grant.scopes for grant in grants] == [(ORDERS,), (ORDERS,)]
    with shop.market.read() as unit:
        kept = grants_of(unit, application_id=tide.application_id)
        numbers = [entry.number for entry in entries(unit)]
    assert [(grant.scopes, grant.revoked_at) for grant in kept] == [((ORDERS,), None)] * 3
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_grant_that_is_revoked_while_it_is_narrowed_is_revoked_once(shop: TestMarket, tide: Application) -> None:
    seller_id = shop.seller_account.seller_id

    def narrow(grant_id: int) -> None:
        with shop.market.write(seller_id) as unit:
            narrow_grant(unit, seller_id, grant_id, withdraw=[FINANCE])

    def revoke(grant_id: int) -> None:
        with shop.market.write(seller_id) as unit:
            revoke_grant(unit, seller_id, grant_id)

    given = []
    for _ in range(ROUNDS):
        with shop.market.write(seller_id) as unit:
            given.append(give_grant(unit, seller_id, tide.application_id)[0].grant_id)
        at_once(*[lambda: narrow(given[-1]), lambda: revoke(given[-1])] * 2)

    with shop.market.read() as unit:
        assert [grant_of(unit, seller_id, grant_id).revoked_at for grant_id in given] == [shop.now] * ROUNDS
    assert [fact.grant_id for fact in shop.facts(GrantRevoked)] == given


def test_consent_that_is_exchanged_while_it_is_revoked_leaves_nothing_standing(
    shop: TestMarket, tide: Application
) -> None:
    seller_id = shop.seller_account.seller_id

    def revoke() -> None:
        with shop.market.write(seller_id) as unit:
            revoke_application(unit, seller_id, tide.application_id)

    for _ in range(ROUNDS):
        with shop.market.write(seller_id) as unit:
            code = issue_code(unit, tide.application_id, seller_id, CALLBACK)
        at_once(partial(exchange, shop, tide, code, seller_id), revoke)

        with shop.market.read() as unit:
            kept = grants_of(unit, application_id=tide.application_id)
        assert [grant for grant in kept if grant.revoked_at is None] == []


def test_of_two_sellers_who_say_yes_at_once_one_is_the_last(shop: TestMarket, tide: Application) -> None:
    for number in range(9):
        seller_id = shop.join(f"Shop {number}").seller_id
        with shop.market.write(seller_id) as unit:
            give_grant(unit, seller_id, tide.application_id)
    late: list[Seller] = [shop.join("Early Bird"), shop.join("Night Owl")]
    users = [shop.user(f"owner{number}@shop.example", seller=seller) for number, seller in enumerate(late)]

    came = at_once(*[partial(say_yes, shop, tide, user) for user in users])

    assert sorted(getattr(one, "code", "in") for one in came) == ["CONSENT_LIMIT_REACHED", "in"]


def test_an_address_that_two_take_at_once_is_one_person_s(shop: TestMarket) -> None:
    def create(email: str) -> User:
        with shop.market.write() as unit:
            return create_user(unit, email, "Ada", PASSWORD, seller_id=shop.seller_account.seller_id)

    came = at_once(lambda: create("ada@harbor.example"), lambda: create("ADA@harbor.example"))

    assert sorted(type(one).__name__ for one in came) == [EmailTaken.__name__, User.__name__]
    with shop.market.read() as unit:
        assert len(all_users(unit)) == 1
