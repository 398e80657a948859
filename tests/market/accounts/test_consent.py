"""Consent: what is offered, who may say yes, and what yes with some boxes unticked means for what was given before."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.codes import code_of, redeem_code
from sellingpartner.market.accounts.consent import Asked, ConsentRefused, approve, authorize_oneself, deny, offer
from sellingpartner.market.accounts.grants import give_grant, revoke_application
from sellingpartner.market.accounts.model import (
    Actor,
    ActorKind,
    Application,
    ApplicationStatus,
    Code,
    Distribution,
    Grant,
    Seller,
    User,
)
from sellingpartner.market.accounts.questions import grants_of
from sellingpartner.testing import TestMarket

Fixture = Any
CALLBACK = "https://tide.example/callback"


def asked(application: Application, **more: Any) -> Asked:  # noqa: ANN401 - fields of Asked
    said = {"scopes": application.scopes, "optional": application.optional_scopes, "redirect_uri": CALLBACK}
    return Asked(application=application, state="s", **(said | more))


def say_yes(market: TestMarket, what: Asked, user: User, *ticked: str) -> str:
    assert user.seller_id is not None
    with market.market.write(user.seller_id) as unit:
        by = Actor(ActorKind.USER, user.user_id, "203.0.113.7")
        return approve(unit, what, user, ticked=ticked, by=by)


def code(market: TestMarket, application: Application, text: str) -> Code:
    with market.market.read() as unit:
        return code_of(unit, application.application_id, text)


def exchange(market: TestMarket, application: Application, text: str) -> Grant:
    found = code(market, application, text)
    with market.market.write(found.seller_id) as unit:
        return redeem_code(unit, found)[0]


def grants(market: TestMarket, application: Application) -> list[Grant]:
    with market.market.read() as unit:
        return grants_of(unit, application_id=application.application_id)


def test_the_seller_sees_what_is_asked_and_what_is_given_already(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS, INVENTORY, FINANCE], optional_scopes=[FINANCE])
    user = market.user()
    exchange(market, tide, say_yes(market, asked(tide, scopes=(ORDERS,)), user, ORDERS))

    with market.market.read() as unit:
        offered = offer(unit, asked(tide), user)

    assert offered.seller == market.seller_account
    assert [(one.scope, one.is_optional, one.is_given) for one in offered.scopes] == [
        (ORDERS, False, True),
        (INVENTORY, False, False),
        (FINANCE, True, False),
    ]


def test_a_scope_of_a_revoked_grant_is_not_given(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS])
    user = market.user()
    exchange(market, tide, say_yes(market, asked(tide), user, ORDERS))
    with market.market.write(market.seller_account.seller_id) as unit:
        revoke_application(unit, market.seller_account.seller_id, tide.application_id)

        assert [one.is_given for one in offer(unit, asked(tide), user).scopes] == [False]


def test_yes_is_a_code_for_what_was_ticked(market: TestMarket, register: Fixture, audit: Fixture) -> None:
    tide = register(scopes=[ORDERS, INVENTORY, FINANCE], optional_scopes=[FINANCE, INVENTORY])
    user = market.user()

    text = say_yes(market, asked(tide, challenge="c" * 43), user, INVENTORY, ORDERS)

    found = code(market, tide, text)
    assert (found.scopes, found.user_id, found.challenge) == ((ORDERS, INVENTORY), user.user_id, "c" * 43)
    assert (found.redirect_uri, found.seller_id) == (CALLBACK, user.seller_id)
    assert grants(market, tide) == []
    (entry,) = audit("consent.approved")
    assert entry.by == Actor(ActorKind.USER, user.user_id, "203.0.113.7")
    assert entry.details == {"scopes": f"{ORDERS} {INVENTORY}", "left_out": FINANCE, "redirect_uri": CALLBACK}
    assert text not in str(audit())


def test_what_is_left_out_is_withdrawn_from_what_was_given_before(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS, INVENTORY, FINANCE], optional_scopes=[FINANCE, INVENTORY])
    user = market.user()
    exchange(market, tide, say_yes(market, asked(tide), user, ORDERS, INVENTORY, FINANCE))

    say_yes(market, asked(tide, scopes=(ORDERS, FINANCE)), user, ORDERS)

    (before,) = grants(market, tide)
    assert (before.scopes, before.revoked_at) == ((ORDERS, INVENTORY), None)


def test_to_say_yes_again_gives_another_grant_beside_the_first(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS])
    user = market.user()

    codes = [say_yes(market, asked(tide), user, ORDERS) for _ in range(2)]
    for text in codes:
        exchange(market, tide, text)

    assert [(grant.scopes, grant.revoked_at) for grant in grants(market, tide)] == [((ORDERS,), None)] * 2


def test_no_changes_nothing_but_is_remembered(market: TestMarket, register: Fixture, audit: Fixture) -> None:
    tide = register(scopes=[ORDERS])
    user = market.user()
    exchange(market, tide, say_yes(market, asked(tide), user, ORDERS))
    before = grants(market, tide)

    with market.market.write(market.seller_account.seller_id) as unit:
        deny(unit, asked(tide), user, by=Actor(ActorKind.USER, user.user_id))

    assert grants(market, tide) == before
    assert [entry.details for entry in audit("consent.denied")] == [{"scopes": ORDERS}]


@pytest.mark.parametrize(
    ("ticked", "refusal", "words"),
    [
        ([], "SCOPE_REQUIRED", "cannot do without sellingpartnerapi::orders"),
        ([FINANCE], "SCOPE_REQUIRED", "cannot do without sellingpartnerapi::orders"),
        ([ORDERS, INVENTORY], "SCOPE_NOT_ASKED", "sellingpartnerapi::inventory is not among what Tide Desk asks for"),
        ([ORDERS, "nonsense"], "SCOPE_NOT_ASKED", "nonsense is not among"),
    ],
)
def test_a_form_that_no_page_shows_is_no_consent(
    market: TestMarket, register: Fixture, audit: Fixture, ticked: list[str], refusal: str, words: str
) -> None:
    tide = register(scopes=[ORDERS, FINANCE], optional_scopes=[FINANCE])
    user = market.user()

    with pytest.raises(ConsentRefused, match=words) as refused:
        say_yes(market, asked(tide), user, *ticked)

    assert refused.value.code == refusal
    assert audit("consent.approved") == []


def test_who_ticks_nothing_at_all_has_not_said_yes(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[FINANCE], optional_scopes=[FINANCE])

    with pytest.raises(ConsentRefused) as refused:
        say_yes(market, asked(tide), market.user())

    assert refused.value.code == "NOTHING_TICKED"


def refused(market: TestMarket, what: Asked, user: User) -> ConsentRefused:
    """The refusal, which is the same for who looks and for who clicks."""
    with market.market.write(user.seller_id or "") as unit:
        with pytest.raises(ConsentRefused) as looking:
            offer(unit, what, user)
        with pytest.raises(ConsentRefused) as clicking:
            approve(unit, what, user, ticked=what.scopes, by=Actor(ActorKind.USER, user.user_id))
    assert (looking.value.code, looking.value.message) == (clicking.value.code, clicking.value.message)
    assert clicking.value.fix
    return clicking.value


def test_a_draft_is_shown_to_whoever_says_beta(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS], status=ApplicationStatus.DRAFT)

    assert refused(market, asked(tide), market.user()).code == "MD1000"
    assert say_yes(market, asked(tide, is_beta=True), market.user(), ORDERS)


def test_an_application_that_was_changed_since_the_page_is_read_anew(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS])
    what = asked(tide)
    with market.market.write() as unit:
        change_application(unit, tide.application_id, redirect_uris=["https://tide.example/other"])

    assert refused(market, what, market.user()).code == "MD5101"

    with market.market.write() as unit:
        change_application(unit, tide.application_id, redirect_uris=[CALLBACK], scopes=[INVENTORY])
    with pytest.raises(InvalidInput, match="is not registered for sellingpartnerapi::orders"):
        say_yes(market, what, market.user(), ORDERS)


def test_only_the_primary_user_of_a_seller_may_say_yes(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS])
    second = market.user("second@harbor.example", is_primary=False)
    developer = market.user("dev@quayside.example", developer_id=market.application.developer_id)

    assert refused(market, asked(tide), second).code == "SPDC8143"
    assert refused(market, asked(tide), developer).code == "SPSA0404"


def owner_of(market: TestMarket, seller: Seller) -> User:
    return market.user(f"owner@{seller.seller_id.lower()}.example", seller=seller)


@pytest.mark.parametrize(("distribution", "most"), [(Distribution.PRIVATE, 10), (Distribution.UNLISTED, 25)])
def test_so_many_sellers_and_no_more_let_an_application_in(
    market: TestMarket, register: Fixture, distribution: Distribution, most: int
) -> None:
    tide = register(scopes=[ORDERS], distribution=distribution)
    sellers = [market.join(f"Shop {number}") for number in range(most)]
    for seller in sellers[1:]:
        with market.market.write(seller.seller_id) as unit:
            give_grant(unit, seller.seller_id, tide.application_id)
    say_yes(market, asked(tide), owner_of(market, sellers[0]), ORDERS)  # a code counts as long as it may be exchanged

    late = refused(market, asked(tide), market.user())

    assert (late.code, f"by {most} sellers" in late.message) == ("CONSENT_LIMIT_REACHED", True)
    assert say_yes(market, asked(tide), owner_of(market, sellers[1]), ORDERS)  # who is in may renew
    market.advance(seconds=300)
    assert say_yes(market, asked(tide), market.user(), ORDERS)  # the code was not exchanged, so a place is free


def test_who_revokes_makes_room(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS])
    sellers = [market.join(f"Shop {number}") for number in range(10)]
    for seller in sellers:
        with market.market.write(seller.seller_id) as unit:
            give_grant(unit, seller.seller_id, tide.application_id)
    with market.market.write(sellers[0].seller_id) as unit:
        revoke_application(unit, sellers[0].seller_id, tide.application_id)

    assert say_yes(market, asked(tide), market.user(), ORDERS)


def test_any_number_of_sellers_let_a_listed_application_in(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS], distribution=Distribution.LISTED)
    for number in range(26):
        seller = market.join(f"Shop {number}")
        with market.market.write(seller.seller_id) as unit:
            give_grant(unit, seller.seller_id, tide.application_id)

    assert say_yes(market, asked(tide), market.user(), ORDERS)


def test_only_who_develops_an_application_lets_it_into_the_own_account_without_a_link(market: TestMarket) -> None:
    ours, seller_id = market.application, market.seller_account.seller_id
    both = market.user("both@harbor.example", seller=market.seller_account, developer_id=ours.developer_id)
    other = market.user()
    by = Actor(ActorKind.USER, both.user_id)

    with market.market.write(seller_id) as unit:
        grant, token = authorize_oneself(unit, ours.application_id, both, by=by)
    with market.market.write(seller_id) as unit, pytest.raises(ConsentRefused) as refused:
        authorize_oneself(unit, ours.application_id, other, by=by)

    assert (grant.scopes, token[:5], refused.value.code) == (ours.scopes, "Atzr|", "SPDC8143")
    assert len(grants(market, ours)) == 2  # with the one that every test's market begins with
