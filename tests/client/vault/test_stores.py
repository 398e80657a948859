from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import msgspec
import pytest

from sellingpartner.client.grants import GrantKey, GrantStore, SellerGrant, UsedStates
from sellingpartner.client.vault import SecretsManagerGrants
from sellingpartner.contract.errors import NotConfigured

Open = Callable[[], GrantStore]
Give = Callable[..., SellerGrant]

CLIENT = "amzn1.application-oa2-client.1"
LATER = datetime(2026, 12, 1, tzinfo=UTC)


def test_what_a_seller_gave_is_there_for_who_opens_the_store_next(open_store: Open, give: Give) -> None:
    harbor, pine = give("A1HARBORGOODS"), give("A2PINE", scopes=None, region="EU")

    for grant in (pine, harbor):
        open_store().put(grant)

    assert open_store().get(harbor.key) == harbor
    assert open_store().get(pine.key) == pine
    assert open_store().get(GrantKey(CLIENT, "A2PINE", "NA")) is None
    assert open_store().all(CLIENT) == [harbor, pine]
    assert open_store().all("another") == []


def test_of_two_grants_the_later_is_kept_whichever_comes_first(open_store: Open, give: Give) -> None:
    store, first = open_store(), give()
    second = give(refresh_token="Atzr|second", given_at=first.given_at + timedelta(seconds=1))

    for grant in (first, second, first):
        store.put(grant)

    assert store.get(first.key) == second


def test_a_change_is_made_only_to_what_was_seen(open_store: Open, give: Give) -> None:
    store, seen = open_store(), give()
    store.put(seen)
    narrowed = msgspec.structs.replace(seen, scopes=())

    assert store.swap(seen, narrowed)
    assert not store.swap(seen, seen.ended(LATER, "revoked"))
    assert not store.swap(give("A9UNKNOWN"), give("A9UNKNOWN"))

    assert store.get(seen.key) == narrowed


def test_a_grant_that_ended_says_when_and_why_and_keeps_no_token(open_store: Open, give: Give) -> None:
    store, grant = open_store(), give()
    store.put(grant)

    store.swap(grant, grant.ended(LATER, "the seller revoked it"))

    kept = store.get(grant.key)
    assert kept is not None
    assert (kept.is_standing, kept.ended_at, kept.why_ended) == (False, LATER, "the seller revoked it")
    assert kept.refresh_token == ""
    assert store.all(CLIENT) == [kept]


def test_a_seller_is_forgotten_and_may_come_again(open_store: Open, give: Give) -> None:
    store, grant = open_store(), give()
    store.put(grant)

    assert store.forget(grant.key)
    assert not store.forget(grant.key)
    assert (store.get(grant.key), store.all(CLIENT)) == (None, [])

    store.put(grant)
    assert store.get(grant.key) == grant


def test_a_state_is_used_once_until_it_may_be_forgotten(open_store: Open) -> None:
    store = open_store()
    if not isinstance(store, UsedStates):
        assert isinstance(store, SecretsManagerGrants)  # a secret for each state would cost more than it is worth
        return

    assert store.first_use("nonce-1", 9e9)
    assert not store.first_use("nonce-1", 9e9)
    assert store.first_use("nonce-2", 1.0)
    assert store.first_use("nonce-2", 1.0)


def test_many_who_change_one_grant_at_once_lose_nothing(open_store: Open, give: Give) -> None:
    grant, barrier = give(scopes=()), Barrier(4)
    open_store().put(grant)

    def add(number: int) -> None:
        store = open_store()
        barrier.wait()
        while True:
            kept = store.get(grant.key)
            assert kept is not None
            changed = msgspec.structs.replace(kept, scopes=(*(kept.scopes or ()), f"scope-{number}"))
            if store.swap(kept, changed):
                return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))

    kept = open_store().get(grant.key)
    assert kept is not None
    assert sorted(kept.scopes or ()) == ["scope-0", "scope-1", "scope-2", "scope-3"]


def test_no_repr_of_a_store_or_a_grant_shows_a_token(open_store: Open, give: Give) -> None:
    store, grant = open_store(), give(refresh_token="Atzr|secret")
    store.put(grant)

    shown = repr(store) + repr(grant) + str(store.all(CLIENT)) + repr(grant.ended(LATER, "x"))

    assert "Atzr" not in shown
    assert "A1HARBORGOODS" in shown


def test_a_seller_whose_name_no_secret_can_have_is_refused(aws: object, give: Give) -> None:
    with pytest.raises(NotConfigured, match=r"'A1/\.\./B2' cannot be part of a secret's name"):
        SecretsManagerGrants(client=object()).put(give("A1/../B2"))
