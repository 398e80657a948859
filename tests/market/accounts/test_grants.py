"""Grants: given, narrowed, taken back, ended by time; each leaves the others alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, SCOPES
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.codes import CodeRefused, code_of, issue_code, redeem_code
from sellingpartner.market.accounts.grants import (
    give_grant,
    narrow_application,
    narrow_grant,
    revoke_application,
    revoke_grant,
)
from sellingpartner.market.accounts.model import THE_MARKET, Actor, ActorKind, Application, Distribution, Grant
from sellingpartner.market.accounts.questions import grant_of, grants_of
from sellingpartner.market.events.accounts import GrantExpired, GrantNarrowed, GrantRevoked
from sellingpartner.testing import TestMarket

Fixture = Any
OWNER = Actor(ActorKind.USER, "amzn1.account.OWNER", "203.0.113.7")


def give(market: TestMarket, application: Application, *scopes: str) -> Grant:
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        return give_grant(unit, seller_id, application.application_id, scopes=scopes or None)[0]


def kept(market: TestMarket, grant: Grant) -> Grant:
    with market.market.read() as unit:
        return grant_of(unit, grant.seller_id, grant.grant_id)


def narrow(market: TestMarket, grant: Grant, *withdraw: str) -> Grant:
    with market.market.write(grant.seller_id) as unit:
        return narrow_grant(unit, grant.seller_id, grant.grant_id, withdraw=withdraw, by=OWNER)


def test_what_is_withdrawn_is_gone_and_the_rest_stays(market: TestMarket, register: Fixture, audit: Fixture) -> None:
    grant = give(market, register())

    narrowed = narrow(market, grant, FINANCE, ORDERS)

    left = tuple(scope for scope in SCOPES if scope not in {FINANCE, ORDERS})
    assert kept(market, grant) == narrowed
    assert (narrowed.scopes, narrowed.revoked_at) == (left, None)
    (fact,) = market.facts(GrantNarrowed)
    assert (fact.grant_id, fact.withdrawn, fact.scopes) == (grant.grant_id, (ORDERS, FINANCE), left)
    (entry,) = audit("grant.narrowed")
    assert (entry.by, entry.seller_id, entry.application_id) == (OWNER, grant.seller_id, grant.application_id)
    assert entry.details["withdrawn"] == f"{ORDERS} {FINANCE}"


def test_a_grant_with_nothing_left_is_revoked(market: TestMarket, register: Fixture, audit: Fixture) -> None:
    grant = give(market, register(), ORDERS)

    narrowed = narrow(market, grant, ORDERS, FINANCE)

    assert (narrowed.scopes, narrowed.revoked_at) == ((), market.now)
    assert kept(market, grant) == narrowed
    assert [fact.grant_id for fact in market.facts(GrantRevoked)] == [grant.grant_id]
    assert [entry.what for entry in audit()][-2:] == ["grant.narrowed", "grant.revoked"]


def test_to_withdraw_what_is_not_there_changes_nothing(market: TestMarket, register: Fixture, audit: Fixture) -> None:
    grant = give(market, register(), ORDERS)

    assert narrow(market, grant, FINANCE) == grant

    assert market.facts(GrantNarrowed) == []
    assert audit("grant.narrowed") == []


def test_what_is_no_scope_cannot_be_withdrawn(market: TestMarket, register: Fixture) -> None:
    grant = give(market, register())

    with pytest.raises(InvalidInput, match="orders is not a scope"):
        narrow(market, grant, ORDERS, "orders")

    assert kept(market, grant) == grant


def test_a_grant_that_has_ended_is_not_narrowed(market: TestMarket, register: Fixture) -> None:
    grant = give(market, register())
    with market.market.write(grant.seller_id) as unit:
        revoke_grant(unit, grant.seller_id, grant.grant_id)

    assert narrow(market, grant, ORDERS).scopes == grant.scopes

    assert market.facts(GrantNarrowed) == []


def test_a_grant_that_nobody_gave_is_not_found(market: TestMarket) -> None:
    with market.market.write() as unit:
        with pytest.raises(NotFound, match="gave no grant 7"):
            narrow_grant(unit, "A1", 7, withdraw=[ORDERS])
        with pytest.raises(NotFound, match="gave no grant 7"):
            revoke_grant(unit, "A1", 7)


def test_a_grant_is_revoked_once(market: TestMarket, register: Fixture, audit: Fixture) -> None:
    grant = give(market, register())

    for _ in range(2):
        with market.market.write(grant.seller_id) as unit:
            revoke_grant(unit, grant.seller_id, grant.grant_id, by=OWNER)

    assert len(market.facts(GrantRevoked)) == 1
    (entry,) = audit("grant.revoked")
    assert (entry.by, entry.details) == (OWNER, {"grant": str(grant.grant_id)})


def test_an_application_is_revoked_with_all_its_grants_of_that_seller(market: TestMarket, register: Fixture) -> None:
    tide, moon = register(), register("Moon Desk")
    mine = [give(market, tide), give(market, tide, ORDERS)]
    other = give(market, moon)
    lakeside = market.join("Lakeside")
    with market.market.write(lakeside.seller_id) as unit:
        theirs, _ = give_grant(unit, lakeside.seller_id, tide.application_id)

    with market.market.write(mine[0].seller_id) as unit:
        ended = revoke_application(unit, mine[0].seller_id, tide.application_id, by=OWNER)

    assert ended == 2
    assert [kept(market, grant).revoked_at for grant in mine] == [market.now, market.now]
    assert [kept(market, grant).revoked_at for grant in (other, theirs)] == [None, None]


def test_an_application_is_narrowed_in_all_its_grants(market: TestMarket, register: Fixture) -> None:
    tide = register()
    wide, narrower, bare = give(market, tide), give(market, tide, ORDERS, FINANCE), give(market, tide, INVENTORY)

    with market.market.write(wide.seller_id) as unit:
        changed = narrow_application(unit, wide.seller_id, tide.application_id, withdraw=[FINANCE], by=OWNER)

    assert changed == 2
    assert FINANCE not in kept(market, wide).scopes
    assert kept(market, narrower).scopes == (ORDERS,)
    assert kept(market, bare) == bare


def test_a_later_grant_leaves_the_earlier_one_standing(market: TestMarket, register: Fixture) -> None:
    tide = register()
    earlier, later = give(market, tide, ORDERS, INVENTORY), give(market, tide, ORDERS)

    assert kept(market, earlier) == earlier
    assert later.grant_id != earlier.grant_id


@pytest.mark.parametrize("distribution", [Distribution.UNLISTED, Distribution.LISTED])
def test_a_grant_ends_by_itself_after_365_days(
    market: TestMarket, register: Fixture, audit: Fixture, distribution: Distribution
) -> None:
    grant = give(market, register(distribution=distribution))
    assert grant.expires_at == market.now + timedelta(days=365)

    market.advance(days=364, hours=23)
    stood = grant.stands(market.now)
    market.advance(hours=1)

    assert (stood, grant.stands(market.now)) == (True, False)
    assert [fact.grant_id for fact in market.facts(GrantExpired)] == [grant.grant_id]
    (entry,) = audit("grant.expired")
    assert (entry.by, entry.at) == (THE_MARKET, grant.expires_at)


def test_a_grant_to_a_private_application_does_not_end(market: TestMarket, register: Fixture) -> None:
    grant = give(market, register())

    market.advance(days=400)

    assert (grant.expires_at, kept(market, grant).stands(market.now)) == (None, True)
    assert market.facts(GrantExpired) == []


def test_a_revoked_grant_does_not_expire_as_well(market: TestMarket, register: Fixture) -> None:
    grant = give(market, register(distribution=Distribution.LISTED))
    with market.market.write(grant.seller_id) as unit:
        revoke_grant(unit, grant.seller_id, grant.grant_id)

    market.advance(days=366)

    assert market.facts(GrantExpired) == []


def code_for(market: TestMarket, application: Application, *scopes: str) -> str:
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        uri = application.redirect_uris[0]
        return issue_code(unit, application.application_id, seller_id, uri, scopes or None, user_id=OWNER.id)


def redeem(market: TestMarket, application: Application, code: str) -> Grant:
    with market.market.write(market.seller_account.seller_id) as unit:
        return redeem_code(unit, code_of(unit, application.application_id, code))[0]


def test_who_revokes_an_application_takes_back_consent_that_is_on_its_way(
    market: TestMarket, register: Fixture
) -> None:
    tide = register()
    code = code_for(market, tide)

    with market.market.write(market.seller_account.seller_id) as unit:
        looked_up = code_of(unit, tide.application_id, code)
        revoke_application(unit, market.seller_account.seller_id, tide.application_id, by=OWNER)
        with pytest.raises(CodeRefused, match="The seller ended what the code stands for"):
            redeem_code(unit, looked_up)

    with pytest.raises(CodeRefused, match="expired"):
        redeem(market, tide, code)
    with market.market.read() as unit:
        assert grants_of(unit, application_id=tide.application_id) == []


def test_who_withdraws_a_scope_withdraws_it_from_consent_on_its_way(market: TestMarket, register: Fixture) -> None:
    tide = register()
    code, bare = code_for(market, tide, ORDERS, FINANCE), code_for(market, tide, FINANCE)

    with market.market.write(market.seller_account.seller_id) as unit:
        narrow_application(unit, unit.seller_id, tide.application_id, withdraw=[FINANCE], by=OWNER)

    assert redeem(market, tide, code).scopes == (ORDERS,)
    with pytest.raises(CodeRefused):
        redeem(market, tide, bare)


def test_a_scope_that_is_withdrawn_after_a_code_was_looked_up_is_not_given(
    market: TestMarket, register: Fixture
) -> None:
    tide = register()
    code = code_for(market, tide, ORDERS, FINANCE)

    with market.market.write(market.seller_account.seller_id) as unit:
        looked_up = code_of(unit, tide.application_id, code)
        narrow_application(unit, unit.seller_id, tide.application_id, withdraw=[FINANCE], by=OWNER)
        grant, _ = redeem_code(unit, looked_up)

    assert grant.scopes == (ORDERS,)


def test_a_code_gives_no_scope_that_the_application_asks_for_no_longer(market: TestMarket, register: Fixture) -> None:
    tide = register(scopes=[ORDERS, FINANCE])
    code, bare = code_for(market, tide, ORDERS, FINANCE), code_for(market, tide, FINANCE)

    with market.market.write() as unit:
        change_application(unit, tide.application_id, scopes=[ORDERS])

    assert redeem(market, tide, code).scopes == (ORDERS,)
    with pytest.raises(CodeRefused, match="no longer registered for any scope"):
        redeem(market, tide, bare)
    with market.market.read() as unit:
        assert len(grants_of(unit, application_id=tide.application_id)) == 1


def test_a_grant_from_a_code_was_given_by_who_consented(market: TestMarket, register: Fixture, audit: Fixture) -> None:
    tide = register()

    redeem(market, tide, code_for(market, tide, ORDERS))

    (entry,) = audit("grant.given")
    assert (entry.by.kind, entry.by.id, entry.details["scopes"]) == (ActorKind.USER, OWNER.id, ORDERS)
