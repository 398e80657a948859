"""Applications: what they may be registered as, and what a change does and does not do."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.scopes import FINANCE, INVENTORY, NOTIFICATIONS, ORDERS, PRODUCTS, REPORTS, SCOPES
from sellingpartner.market.accounts.applications import change_application, register_application
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import OPERATOR, Actor, ActorKind, ApplicationStatus, Distribution
from sellingpartner.market.accounts.questions import all_applications, application_by, grant_of
from sellingpartner.market.events.accounts import ApplicationChanged, ApplicationRegistered
from sellingpartner.testing import TestMarket

Fixture = Any
DEVELOPER = Actor(ActorKind.USER, "amzn1.account.DEV", "203.0.113.7")


def test_it_is_a_private_draft_that_asks_for_everything_unless_said(market: TestMarket) -> None:
    with market.market.write() as unit:
        made, secret = register_application(unit, "Tide Desk", market.application.developer_id)

    assert (made.status, made.distribution) == (ApplicationStatus.DRAFT, Distribution.PRIVATE)
    assert (made.scopes, made.optional_scopes, made.roles) == (SCOPES, (), None)
    assert secret.startswith("amzn1.oa2-cs.v1.")
    assert made.secret_ends_at is not None
    assert (made.secret_ends_at - market.now).days == 180
    assert [fact.application_id for fact in market.facts(ApplicationRegistered)][-1] == made.application_id


def test_roles_alone_bring_the_scopes_that_they_map_onto(register: Fixture) -> None:
    assert register(roles=["Brand Analytics", "Pricing"]).scopes == (ORDERS, PRODUCTS, REPORTS)


def test_scopes_are_fewer_than_the_roles_where_both_are_said(register: Fixture) -> None:
    made = register(roles=["Pricing"], scopes=[ORDERS, NOTIFICATIONS])

    assert (made.roles, made.scopes) == (("Pricing",), (ORDERS, NOTIFICATIONS))


@pytest.mark.parametrize(
    ("registration", "words"),
    [
        ({"scopes": ["orders"]}, "orders is not a scope; the scopes are sellingpartnerapi::orders"),
        ({"scopes": [ORDERS], "optional_scopes": [FINANCE]}, "finance cannot be optional"),
        ({"roles": ["Pricing"], "scopes": [FINANCE]}, "No role of the application leads to sellingpartnerapi::finance"),
        ({"roles": ["Emperor"]}, "Emperor is not a role; the roles are Account Information"),
        ({"redirect_uris": ["http://desk.example"]}, "desk.example takes https"),
        ({"login_uri": "https://desk.example/#"}, "has a fragment"),
    ],
)
def test_what_cannot_be_is_not_registered(
    market: TestMarket, register: Fixture, audit: Fixture, registration: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        register(**registration)

    with market.market.read() as unit:
        assert [one.name for one in all_applications(unit)] == ["Harbor Desk"]
    assert audit() == []


def test_a_change_says_what_was_changed_and_leaves_the_rest(
    market: TestMarket, register: Fixture, audit: Fixture
) -> None:
    made = register(status=ApplicationStatus.DRAFT, scopes=[ORDERS])

    with market.market.write() as unit:
        changed = change_application(
            unit, made.application_id, name="Tide", status=ApplicationStatus.PUBLISHED, scopes=[ORDERS], by=DEVELOPER
        )

    with market.market.read() as unit:
        assert application_by(unit, application_id=made.application_id) == changed
    assert (changed.name, changed.status, changed.scopes) == ("Tide", ApplicationStatus.PUBLISHED, (ORDERS,))
    assert [fact.changed for fact in market.facts(ApplicationChanged)] == [("name", "status")]
    (entry,) = audit("application.changed")
    assert (entry.by, entry.application_id) == (DEVELOPER, made.application_id)
    assert entry.details == {"name": "Tide", "status": "published"}


def test_a_change_that_changes_nothing_is_none(market: TestMarket, register: Fixture, audit: Fixture) -> None:
    made = register(scopes=[ORDERS])

    with market.market.write() as unit:
        assert change_application(unit, made.application_id, scopes=(ORDERS, ORDERS), by=OPERATOR) == made

    assert market.facts(ApplicationChanged) == []
    assert audit("application.changed") == []


def test_a_change_that_cannot_be_changes_nothing(market: TestMarket, register: Fixture) -> None:
    made = register(scopes=[ORDERS])

    with pytest.raises(InvalidInput, match="has a wildcard"), market.market.write() as unit:
        change_application(unit, made.application_id, name="Tide", redirect_uris=["https://*.tide.example"])

    with market.market.read() as unit:
        assert application_by(unit, application_id=made.application_id) == made


def test_an_application_that_is_not_there_cannot_be_changed(market: TestMarket) -> None:
    with market.market.write() as unit, pytest.raises(NotFound, match="There is no application none"):
        change_application(unit, "none", name="Tide")


def test_a_scope_that_is_no_longer_asked_for_is_no_longer_optional(market: TestMarket, register: Fixture) -> None:
    made = register(scopes=[ORDERS, FINANCE], optional_scopes=[FINANCE])

    with market.market.write() as unit:
        assert change_application(unit, made.application_id, scopes=[ORDERS]).optional_scopes == ()


def test_a_scope_or_a_role_that_is_added_is_in_later_grants_alone(market: TestMarket, register: Fixture) -> None:
    made = register(scopes=[ORDERS], roles=["Pricing"])
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        earlier, _ = give_grant(unit, seller_id, made.application_id)

    with market.market.write() as unit:
        roles = ["Pricing", "Amazon Fulfillment"]
        change_application(unit, made.application_id, scopes=[ORDERS, INVENTORY], roles=roles)

    with market.market.write(seller_id) as unit:
        later, _ = give_grant(unit, seller_id, made.application_id)
        kept = grant_of(unit, seller_id, earlier.grant_id)
    assert (kept.scopes, kept.roles) == ((ORDERS,), ("Pricing",))
    assert (later.scopes, later.roles) == ((ORDERS, INVENTORY), ("Pricing", "Amazon Fulfillment"))
