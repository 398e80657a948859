from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Lock

import httpx2
import pytest
from scripted import CREDENTIALS, FINE, Bench, Script, answer, reply, token
from small_market import SmallMarket

from sellingpartner.client import (
    AsyncSellingPartner,
    MemoryThrottle,
    MemoryTokens,
    SellingPartner,
    SQLiteThrottle,
    SQLiteTokens,
    Throttle,
    Token,
    TokenStore,
)
from sellingpartner.client.vault import Keyring, SQLTokens
from sellingpartner.contract.errors import LoginFailed
from sellingpartner.contract.operation import Rate
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations
from sellingpartner.testing import on_a_socket

CALL = GetMarketplaceParticipations()
Stores = Callable[[Callable[[], float]], TokenStore]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "sqlite", "sealed", "sql", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[TokenStore]:
    if request.param == "memory":
        yield MemoryTokens(clock)
    elif request.param == "sqlite":
        yield SQLiteTokens(tmp_path / "shared" / "t.db", clock)
    elif request.param == "sealed":
        yield SQLiteTokens(tmp_path / "t.db", clock, keyring=Keyring.generate())
    else:
        is_file = request.param == "sql"
        database = f"sqlite:///{tmp_path / 't.db'}" if is_file else request.getfixturevalue("blank_postgres_url")
        opened = SQLTokens(database, Keyring.generate(), clock)
        yield opened
        opened.close()


@pytest.fixture(params=["memory", "sqlite"])
def throttle(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Throttle:
    return MemoryThrottle(clock) if request.param == "memory" else SQLiteThrottle(tmp_path / "limits.db", clock)


def test_a_store_gives_back_what_it_was_given(store: TokenStore) -> None:
    assert store.get("a") is None

    store.put("a", Token("one", 2000.0, ("sellingpartnerapi::orders",)))
    store.put("b", Token("two", 2000.0))

    assert store.get("a") == Token("one", 2000.0, ("sellingpartnerapi::orders",))
    assert store.get("b") == Token("two", 2000.0)


def test_a_token_that_has_ended_is_not_kept_for_ever(store: TokenStore, clock: Clock) -> None:
    store.put("a", Token("one", 1001.0))
    clock.now = 1002.0

    store.put("b", Token("two", 2000.0))

    assert store.get("a") is None


def test_only_the_token_that_was_refused_is_dropped(store: TokenStore) -> None:
    store.put("a", Token("new", 2000.0))

    store.drop("a", "old")
    assert store.get("a") == Token("new", 2000.0)

    store.drop("a", "new")
    assert store.get("a") is None


def test_one_at_a_time_has_the_right_to_make_a_token(store: TokenStore, clock: Clock) -> None:
    assert store.claim("a", "me", 30)
    assert store.claim("a", "me", 30)
    assert not store.claim("a", "you", 30)
    assert store.claim("b", "you", 30)

    store.release("a", "you")
    assert not store.claim("a", "you", 30)

    store.release("a", "me")
    assert store.claim("a", "you", 30)

    clock.now += 31
    assert store.claim("a", "me", 30)


def test_of_many_who_claim_at_once_one_has_the_right(store: TokenStore) -> None:
    barrier = Barrier(6)

    def claim(number: int) -> bool:
        barrier.wait()
        return store.claim("a", f"holder-{number}", 30)

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(claim, range(6))) == 1


def test_a_right_that_is_claimed_outlives_other_tokens(store: TokenStore) -> None:
    store.claim("a", "me", 30)

    store.put("b", Token("two", 2000.0))

    assert not store.claim("a", "you", 30)
    store.put("a", Token("one", 2000.0))
    assert not store.claim("a", "you", 30)


def test_a_token_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = SQLiteTokens(tmp_path / "tokens.db")
    store.put("a", Token("one", 9e9))

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    store.close()
    assert store.get("a") == Token("one", 9e9)


def test_a_token_file_holds_no_credentials(tmp_path: Path) -> None:
    bench = Bench(token_store=SQLiteTokens(tmp_path / "tokens.db"))
    bench.play(CALL, reply({"payload": []}))

    rows = str(sqlite3.connect(tmp_path / "tokens.db").execute("SELECT * FROM tokens").fetchall())

    assert "Atza|1" in rows
    assert not any(secret in rows for secret in (CREDENTIALS.client_secret, "Atzr|", CREDENTIALS.client_id))


def test_a_throttle_lets_through_what_a_plan_allows(throttle: Throttle, clock: Clock) -> None:
    plan = Rate(2, burst=3)

    assert [throttle.enter("k", plan, 0)[1] for _ in range(2)] == [0.0, 0.0]
    ticket, wait = throttle.enter("k", plan, 0)
    assert wait == pytest.approx(0.5)

    clock.now += 0.5
    assert throttle.ask("k", plan, ticket, 0) == 0.0
    assert throttle.enter("other", plan, 0)[1] == 0.0


def test_a_throttle_learns(throttle: Throttle) -> None:
    plan = Rate(2, burst=3)
    throttle.enter("k", plan, 0)

    throttle.answered("k", 10.0)
    assert throttle.refused("k") == pytest.approx(0.1)

    ticket, wait = throttle.enter("k", plan, 0)
    assert wait == pytest.approx(0.1)
    throttle.leave("k", ticket)
    assert throttle.enter("k", plan, 0)[1] == pytest.approx(0.1)


def test_sellers_share_a_store_and_no_token() -> None:
    store = MemoryTokens()
    tokens = {}
    for seller in ("Atzr|one", "Atzr|two"):
        script = Script()
        script.logins.append(token(f"Atza|for {seller}"))
        http = httpx2.Client(transport=httpx2.MockTransport(script.says(answer({"payload": []}))))
        SellingPartner(CREDENTIALS, refresh_token=seller, token_store=store, http=http).send(CALL)
        tokens[seller] = script.tokens_shown

    assert tokens == {"Atzr|one": ["Atza|for Atzr|one"], "Atzr|two": ["Atza|for Atzr|two"]}


def test_restricted_tokens_of_two_sellers_are_not_mixed_up() -> None:
    store = MemoryTokens()
    for number in ("1", "2"):
        bench = Bench(token_store=store, refresh_token=f"Atzr|{number}")
        made = reply({"restrictedDataToken": f"Atz.sprdt|{number}", "expiresIn": 3600})
        bench.play(GetOrder(order_id="1"), made, reply(FINE), personal_data=("buyerInfo",))

        assert bench.sent[-1].headers["x-amz-access-token"] == f"Atz.sprdt|{number}"


def test_many_threads_log_in_once() -> None:
    script, lock, barrier = Script(), Lock(), Barrier(8)

    def serve(request: httpx2.Request) -> httpx2.Response:
        with lock:
            return script(request)

    script.says(*[answer({"payload": []})] * 8)
    client = SellingPartner(CREDENTIALS, http=httpx2.Client(transport=httpx2.MockTransport(serve)))

    def call(_: int) -> None:
        barrier.wait()
        client.send(CALL)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(call, range(8)))

    assert len(script.login_requests) == 1
    assert script.tokens_shown == ["Atza|1"] * 8


def test_many_tasks_log_in_once() -> None:
    script = Script().says(*[answer({"payload": []})] * 10)

    async def serve(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0)
        return script(request)

    async def call() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(serve)) as http:
            client = AsyncSellingPartner(CREDENTIALS, http=http)
            await asyncio.gather(*(client.send(CALL) for _ in range(10)))

    asyncio.run(call())

    assert len(script.login_requests) == 1


def test_a_task_that_is_canceled_gives_back_the_right_to_log_in() -> None:
    script = Script().says(answer({"payload": []}))
    hang = True
    asked = asyncio.Event()

    async def serve(request: httpx2.Request) -> httpx2.Response:
        asked.set()
        if hang:
            await asyncio.sleep(60)
        return script(request)

    async def call() -> None:
        nonlocal hang
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(serve)) as http:
            client = AsyncSellingPartner(CREDENTIALS, http=http)
            first = asyncio.create_task(client.send(CALL))
            await asked.wait()
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
            hang = False
            await client.with_options(deadline=30).send(CALL)

    asyncio.run(call())

    assert len(script.login_requests) == 1


def test_who_waits_for_a_login_fails_with_it() -> None:
    bench = Bench()
    waiting = bench.exchange.call(CALL, bench.options)
    making = bench.exchange.call(CALL, bench.options)
    next(making)  # asks for a token
    next(waiting)  # sees that somebody does, and sleeps
    bench.now += 0.1

    with pytest.raises(LoginFailed):
        making.send(reply({"error": "invalid_client", "error_description": "no"}, 401))
    with pytest.raises(LoginFailed) as raised:
        waiting.send(None)

    assert raised.value.code == "invalid_client"
    assert raised.value.operation == "getMarketplaceParticipations"


def test_while_one_renews_a_token_the_others_use_the_old_one() -> None:
    bench = Bench()
    bench.play(CALL, reply({"payload": []}))
    bench.now += 3560
    renewing = bench.exchange.call(CALL, bench.options)
    next(renewing)

    bench.play(CALL, reply({"payload": []}))

    assert bench.sent[-1].headers["x-amz-access-token"] == "Atza|1"
    assert bench.sleeps == []


_PROGRAM = """
import sys
from sellingpartner import Credentials, SellingPartner
from sellingpartner.client import SQLiteThrottle, SQLiteTokens
tokens, limits, url = sys.argv[1:]
with SellingPartner(
    Credentials(client_id="i", client_secret="s", refresh_token="r", base_url=url),
    token_store=SQLiteTokens(tokens), throttle=SQLiteThrottle(limits),
) as client:
    for _ in range(4):
        client.sellers.get_marketplace_participations()
print("done")
"""


def test_many_processes_log_in_once(tmp_path: Path) -> None:
    market = SmallMarket("r")
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path / "t.db"), str(tmp_path / "l.db")]

    with on_a_socket(market) as url:
        running = [subprocess.Popen([*command, url], stdout=subprocess.PIPE, text=True) for _ in range(3)]
        said = [one.communicate(timeout=60)[0] for one in running]

    assert said == ["done\n"] * 3
    assert (market.logins, market.calls) == (1, 12)
    state = sqlite3.connect(tmp_path / "l.db").execute("SELECT state FROM buckets").fetchall()
    assert len(state) == 1  # one bucket for them all
    assert json.loads(state[0][0])["queue"] == []
