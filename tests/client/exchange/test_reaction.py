"""What a client does when a token ends, a scope is missing, or the seller takes the grant back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import msgspec
import pytest
from scripted import CREDENTIALS, FINE, Bench, Caller, Connect, Script, answer, credentials_in, refusal, refused, reply

from sellingpartner.client import AsyncSellers, Credentials, MemoryTokens, Sellers, Token
from sellingpartner.client._shells.steps import Aside, Send
from sellingpartner.client.events import Answered, AuthorizationLost, TokenFetched
from sellingpartner.client.grants import GrantKey, MemoryGrants, SellerGrant
from sellingpartner.contract.errors import AuthorizationRevoked, NotConfigured, ScopeMissing
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed, GetFeeds
from sellingpartner.contract.notifications_v1 import GetDestinations
from sellingpartner.contract.operation import Request
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, PRODUCTS
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations
from sellingpartner.market.accounts.grants import revoke_grant
from sellingpartner.market.accounts.questions import grants_of
from sellingpartner.testing import TestMarket

ORDER = GetOrder(order_id="902-0000000-0000000")
REVOKED = {
    "error": "invalid_grant",
    "error_description": "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't"
    " grant the permission.",
}
SELLER = "A1HARBORGOODS"
KEY = GrantKey(CREDENTIALS.client_id, SELLER)
AT = datetime(2026, 11, 2, tzinfo=UTC)


def grant(refresh_token: str = "Atzr|1", scopes: tuple[str, ...] | None = (ORDERS,), **more: Any) -> SellerGrant:  # noqa: ANN401
    facts: dict[str, Any] = {"client_id": CREDENTIALS.client_id, "seller_id": SELLER, "given_at": AT}
    return SellerGrant(refresh_token=refresh_token, scopes=scopes, **(facts | more))


def token(scope: str, value: str = "Atza|1") -> httpx2.Response:
    return answer({"access_token": value, "token_type": "bearer", "expires_in": 3600, "scope": scope})


def feed(feed_type: str) -> CreateFeed:
    return CreateFeed(feed_type=feed_type, marketplace_ids=["ATVPDKIKX0DER"], input_feed_document_id="d")


def following(connect: Connect, script: Script, store: MemoryGrants, **fields: Any) -> Caller:  # noqa: ANN401
    kept = store.get(KEY)
    assert kept is not None
    mine = msgspec.structs.replace(
        CREDENTIALS, refresh_token=kept.refresh_token, seller_id=SELLER, scopes=kept.scopes, application_id="app-1"
    )
    return connect(script, mine, grants=store, **fields)


def test_an_expired_access_token_is_renewed_and_the_call_repeated_once(connect: Connect, script: Script) -> None:
    expired = refusal(403, "Unauthorized", details="The access token you provided has expired.")
    caller = connect(script.says(expired, answer({"payload": []})))

    caller.send(GetMarketplaceParticipations())

    assert script.tokens_shown == ["Atza|1", "Atza|2"]
    assert len(script.login_requests) == 2


def test_a_scope_that_the_token_lacks_is_missed_before_the_call_is_sent(connect: Connect, script: Script) -> None:
    script.logins += [token(f"{INVENTORY} {FINANCE}")]
    caller = connect(script, application_id="app-1")

    for _ in range(2):
        with pytest.raises(ScopeMissing, match="Not sent: the call needs sellingpartnerapi::orders") as raised:
            caller.send(ORDER)

    assert raised.value.scope == ORDERS
    assert raised.value.authorize_url == (
        "http://market.test/apps/authorize/consent?application_id=app-1"
        "&scope=sellingpartnerapi%3A%3Ainventory+sellingpartnerapi%3A%3Afinance+sellingpartnerapi%3A%3Aorders"
    )
    assert str(raised.value).startswith("getOrder: 403 Unauthorized - Not sent")
    assert (script.requests, len(script.login_requests)) == ([], 1)


def test_a_scope_that_the_credentials_lack_is_missed_without_a_login(connect: Connect, script: Script) -> None:
    caller = connect(script, scopes=(INVENTORY,))

    with pytest.raises(ScopeMissing, match="the seller granted sellingpartnerapi::inventory"):
        caller.send(ORDER)

    assert (script.requests, script.login_requests) == ([], [])


@pytest.mark.parametrize("call", [GetMarketplaceParticipations(), GetDestinations(), feed("POST_MADE_SINCE")])
def test_a_call_for_which_no_scope_is_known_to_be_needed_is_sent(
    connect: Connect, script: Script, call: Request[Any]
) -> None:
    caller = connect(script.says(answer({"payload": [], "feedId": "1"})), scopes=())

    caller.send(call)

    assert len(script.requests) == 1


def test_a_feeds_type_decides_which_scope_it_takes(connect: Connect, script: Script) -> None:
    caller = connect(script.says(answer({"feedId": "1"}), answer({"feeds": []})), scopes=(ORDERS,))

    caller.send(feed("POST_ORDER_FULFILLMENT_DATA"))
    caller.send(GetFeeds(next_token="next"))  # any scope that some feed takes will do
    with pytest.raises(ScopeMissing) as raised:
        caller.send(feed("JSON_LISTINGS_FEED"))

    assert raised.value.scope == PRODUCTS
    assert len(script.requests) == 2


def test_a_refusal_that_names_several_scopes_is_a_missing_scope(connect: Connect, script: Script) -> None:
    details = f"getFeeds needs one of the scopes {ORDERS}, {INVENTORY} or {PRODUCTS}."

    with pytest.raises(ScopeMissing) as raised:
        connect(script.says(refusal(403, "Unauthorized", details=details))).send(GetFeeds(next_token="next"))

    assert raised.value.scope == ORDERS


@pytest.mark.parametrize("scope", [None, "", "profile", "profile postal_code"])
def test_where_nobody_names_scopes_the_api_decides(connect: Connect, script: Script, scope: str | None) -> None:
    said = {"access_token": "Atza|1", "expires_in": 3600}
    script.logins.append(answer(said if scope is None else said | {"scope": scope}))
    caller = connect(script.says(answer(FINE)))

    caller.send(ORDER)

    assert len(script.requests) == 1


def test_what_a_token_allowed_counts_as_long_as_the_token() -> None:
    bench = Bench()
    bench.context.tokens.put(bench.exchange._tokens._key(_sellers_need(), CREDENTIALS), Token("Atza|x", 4600, ()))  # noqa: SLF001
    with pytest.raises(ScopeMissing):
        bench.play(ORDER)

    bench.now = 4700.0

    bench.play(ORDER, reply(FINE))
    assert bench.logins == 1


def _sellers_need() -> Any:  # noqa: ANN401 - of a private module
    from sellingpartner.client.tokens.purposes import THE_SELLERS  # noqa: PLC0415

    return THE_SELLERS


def test_a_narrowed_grant_is_found_out_once(connect: Connect, script: Script) -> None:
    store = MemoryGrants()
    store.put(grant(scopes=(ORDERS, INVENTORY)))
    script.logins += [token(f"{ORDERS} {INVENTORY}"), token(INVENTORY, "Atza|2")]
    script.says(refusal(403, "Unauthorized", details=f"getOrder needs the scope {ORDERS}."))
    caller = following(connect, script, store)

    for _ in range(3):
        with pytest.raises(ScopeMissing) as raised:
            caller.send(ORDER)

    assert raised.value.scope == ORDERS
    assert (len(script.requests), len(script.login_requests)) == (1, 2)
    kept = store.get(KEY)
    assert kept is not None
    assert kept.scopes == (INVENTORY,)


def test_more_scopes_are_taken_up_without_a_restart(connect: Connect, script: Script) -> None:
    store = MemoryGrants()
    store.put(grant(scopes=(INVENTORY,)))
    caller = following(connect, script, store)
    with pytest.raises(ScopeMissing):
        caller.send(ORDER)

    store.put(grant("Atzr|2", (INVENTORY, ORDERS), given_at=AT + timedelta(days=1)))
    script.says(answer(FINE), answer(FINE))

    caller.send(ORDER)
    caller.send(ORDER)
    assert b"Atzr%7C2" in script.login_requests[0].content
    assert (len(script.requests), len(script.login_requests)) == (2, 1)
    assert caller.client.credentials.refresh_token == "Atzr|2"


def test_a_revoked_grant_is_marked_told_once_and_not_tried_again(connect: Connect, script: Script) -> None:
    store = MemoryGrants()
    heard: list[Any] = []
    store.put(grant(scopes=None))
    script.logins += [answer(REVOKED, 400)]
    caller = following(connect, script, store, hooks=(heard.append,))

    for _ in range(3):
        with pytest.raises(AuthorizationRevoked) as raised:
            caller.send(ORDER)

    url = "http://market.test/apps/authorize/consent?application_id=app-1"
    assert raised.value.authorize_url == url
    assert (script.requests, len(script.login_requests)) == ([], 1)
    lost = [event for event in heard if isinstance(event, AuthorizationLost)]
    assert lost == [
        AuthorizationLost(operation="getOrder", seller_id=SELLER, why=REVOKED["error_description"], authorize_url=url)
    ]
    kept = store.get(KEY)
    assert kept is not None
    assert (kept.is_standing, kept.why_ended, kept.refresh_token) == (False, REVOKED["error_description"], "")


def test_a_lost_client_goes_on_when_the_seller_comes_back(connect: Connect, script: Script) -> None:
    store = MemoryGrants()
    heard: list[Any] = []
    store.put(grant(scopes=None))
    script.logins += [answer(REVOKED, 400)]
    caller = following(connect, script, store, hooks=(heard.append,))
    with pytest.raises(AuthorizationRevoked):
        caller.send(ORDER)

    store.put(grant("Atzr|2", None, given_at=AT + timedelta(days=1)))
    script.says(answer(FINE))

    caller.send(ORDER)

    assert len(script.requests) == 1
    script.logins += [answer(REVOKED, 400)]
    stale = refusal(403, "Unauthorized", details="The access token has expired or been revoked.")
    script.says(stale)
    with pytest.raises(AuthorizationRevoked):
        caller.send(ORDER)
    assert len([event for event in heard if isinstance(event, AuthorizationLost)]) == 2


def test_a_grant_that_was_given_anew_in_the_meantime_is_not_marked(connect: Connect, script: Script) -> None:
    """Another process took the seller's return; this one learns only then that the old grant has ended."""
    store = MemoryGrants()
    store.put(grant(scopes=None))
    caller = following(connect, script, store)
    again = grant("Atzr|2", None, given_at=AT + timedelta(days=1))
    store.put(again)
    script.logins += [answer(REVOKED, 400), token(ORDERS, "Atza|2")]
    script.says(answer(FINE))

    caller.send(ORDER)

    assert script.tokens_shown == ["Atza|2"]
    kept = store.get(KEY)
    assert kept is not None
    assert (kept.is_standing, kept.refresh_token, kept.scopes) == (True, "Atzr|2", (ORDERS,))


def test_a_refusal_of_the_old_grant_that_comes_late_does_not_end_the_one_that_another_call_took_up() -> None:
    store = MemoryGrants()
    events: list[Any] = []
    store.put(grant(scopes=(INVENTORY,)))
    mine = msgspec.structs.replace(CREDENTIALS, refresh_token="Atzr|1", seller_id=SELLER, scopes=(INVENTORY,))
    bench = Bench(mine, grants=store, hooks=(events.append,))
    late = bench.exchange.call(GetMarketplaceParticipations(), bench.options)
    assert isinstance(next(late), Aside | Send)  # it asks for a token with the old grant
    again = grant("Atzr|2", (INVENTORY, ORDERS), given_at=AT + timedelta(days=1))
    store.put(again)
    bench.play(ORDER, reply(FINE))  # this one lacks a scope, looks, and takes the other grant up

    step = late.send(reply(REVOKED, 400))
    while isinstance(step, Aside):
        step = late.send(step.work())

    assert isinstance(step, Send)
    assert step.headers["x-amz-access-token"] == "Atza|1"  # the other grant's, which the call in between has made
    with pytest.raises(StopIteration):
        late.send(reply({"payload": []}))

    assert store.get(KEY) == again
    assert [event for event in events if isinstance(event, AuthorizationLost)] == []


def test_tokens_of_a_lost_grant_are_dropped() -> None:
    tokens = MemoryTokens(lambda: 1000.0)
    bench = Bench(token_store=tokens, seller_id=SELLER)
    made = reply({"restrictedDataToken": "Atz.sprdt|1", "expiresIn": 3600})
    bench.play(ORDER, made, reply(FINE), personal_data=("buyerInfo",))
    assert len(tokens._tokens) == 2  # noqa: SLF001 - what is kept

    denied = refused(403, "Unauthorized", "The access token you provided is revoked, malformed or invalid.")
    with pytest.raises(AuthorizationRevoked):
        bench.play(GetMarketplaceParticipations(), denied, denied)

    assert tokens._tokens == {}  # noqa: SLF001
    assert [event.kind for event in bench.events if isinstance(event, TokenFetched)] == [
        "access",
        "restricted",
        "access",
    ]


def test_a_store_without_a_seller_is_refused_at_once() -> None:
    with pytest.raises(NotConfigured, match="give seller_id"):
        Bench(grants=MemoryGrants())


# On the market


def stored_in(market: TestMarket, scopes: tuple[str, ...]) -> tuple[MemoryGrants, Credentials, SellerGrant]:
    credentials = credentials_in(market, scopes)
    given = SellerGrant(
        client_id=credentials.client_id,
        seller_id=market.seller_account.seller_id,
        refresh_token=credentials.refresh_token or "",
        given_at=AT,
        scopes=scopes,
    )
    store = MemoryGrants()
    store.put(given)
    return store, msgspec.structs.replace(credentials, refresh_token=None), given


def test_a_seller_goes_and_comes_back_while_the_registry_stays_open(market: TestMarket) -> None:
    heard: list[Any] = []
    store, application, first = stored_in(market, (ORDERS,))
    order_id = market.buys()
    http = httpx2.Client(transport=httpx2.WSGITransport(market.server))
    sellers = Sellers.from_store(store, application, http=http, hooks=(heard.append,))
    assert list(sellers) == [first.seller_id]
    assert first.seller_id in sellers
    client = sellers[first.seller_id]
    client.send(GetOrder(order_id=order_id))

    with market.market.write(first.seller_id) as unit:
        for each in grants_of(unit, seller_id=first.seller_id):
            revoke_grant(unit, first.seller_id, each.grant_id)
    with pytest.raises(AuthorizationRevoked, match="/apps/authorize/consent"):
        client.send(GetOrder(order_id=order_id))
    answers = len([event for event in heard if isinstance(event, Answered)])
    assert (list(sellers), len(sellers), first.seller_id in sellers) == ([], 0, False)
    assert len([event for event in heard if isinstance(event, AuthorizationLost)]) == 1
    with pytest.raises(AuthorizationRevoked, match=f"The grant of {first.seller_id} ended on "):
        Sellers.from_store(store, application, http=http)[first.seller_id]

    again = credentials_in(market, (ORDERS,)).refresh_token or ""
    store.put(msgspec.structs.replace(first, refresh_token=again, given_at=AT + timedelta(days=1)))
    assert client.send(GetOrder(order_id=order_id)).payload is not None
    assert list(sellers) == [first.seller_id]
    assert len([event for event in heard if isinstance(event, Answered)]) == answers + 2  # a login and the call


def test_a_registry_over_an_empty_store_follows_it() -> None:
    store = MemoryGrants()
    application = msgspec.structs.replace(CREDENTIALS, refresh_token=None)
    with Sellers.from_store(store, application) as sellers:
        assert (len(sellers), SELLER in sellers) == (0, False)
        with pytest.raises(NotConfigured, match="No seller is named"):
            sellers[SELLER]

        store.put(grant())

        assert list(sellers) == [SELLER]
        assert sellers[SELLER].credentials.scopes == (ORDERS,)
        with pytest.raises(NotConfigured, match="put the grant of A9 there"):
            sellers.add("A9", CREDENTIALS)
        with pytest.raises(NotConfigured, match="forget the grant"):
            sellers.remove(SELLER)


def test_a_seller_of_several_regions_is_named_with_the_region() -> None:
    store = MemoryGrants()
    for region in ("EU", "NA"):
        store.put(grant(f"Atzr|{region}", region=region))
    store.put(grant("Atzr|market"))
    application = Credentials(client_id=CREDENTIALS.client_id, client_secret="s", marketplace="US")
    sellers = AsyncSellers.from_store(store, application)

    assert list(sellers) == [f"{SELLER}/EU", f"{SELLER}/NA"]
    assert sellers[f"{SELLER}/EU"].endpoint.api == "https://sellingpartnerapi-eu.amazon.com"
    assert sellers[f"{SELLER}/EU"].credentials.refresh_token == "Atzr|EU"
    with pytest.raises(NotConfigured, match=f"known: {SELLER}/EU, {SELLER}/NA"):
        sellers[SELLER]
