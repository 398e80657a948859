from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import msgspec
import pytest
import structlog
from set_back import SetBack
from sqlalchemy import func, select

from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderResponse
from sellingpartner.market.accounts import calls as table
from sellingpartner.market.accounts.calls import Call, latest_calls
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.uses import record_uses
from sellingpartner.server.gateway import journal as module
from sellingpartner.server.gateway.journal import Journal, for_the_log, without_secrets
from sellingpartner.server.logging import configure
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

Serve = Callable[..., None]

ORDER = "/orders/v0/orders/902-1"


def written(market: TestMarket, **wanted: Any) -> list[Call]:  # noqa: ANN401 - latest_calls' own
    market.server.journal.flush()
    return latest(market, **wanted)


def latest(market: TestMarket, **wanted: Any) -> list[Call]:  # noqa: ANN401 - latest_calls' own
    with market.market.read() as unit:
        return latest_calls(unit, **wanted)


def at(market: TestMarket, number: int) -> Call:
    return Call(at=market.now, request_id=str(number), method="GET", path="/a", status=200)


def test_the_reason_says_what_the_details_of_an_answer_say(market: TestMarket, serve: Serve) -> None:
    cases = (
        (InvalidInput("Invalid input", details="sku is missing."), "Invalid input: sku is missing."),
        (InvalidInput("It is gone.", details="Make another."), "It is gone. Make another."),
        (InvalidInput("It is gone.", details="It is gone."), "It is gone."),
        (InvalidInput("Gone", details="It is gone; Gone for good."), "It is gone; Gone for good."),
        (InvalidInput("No.", details="Say why.").because("It was asked twice."), "It was asked twice."),
    )
    for error, reason in cases:

        def refuse(
            _unit: UnitOfWork, _request: GetOrder, _caller: Identity, *, why: SellingPartnerError = error
        ) -> GetOrderResponse:
            raise why

        serve(GetOrder, refuse)
        market.seller.call("GET", ORDER)

        assert written(market)[0].reason == reason


def test_every_call_is_kept_with_its_caller_and_the_reason_of_its_refusal(market: TestMarket, serve: Serve) -> None:
    def answers(_unit: UnitOfWork, _request: GetOrder, _caller: Identity) -> GetOrderResponse:
        return GetOrderResponse()

    serve(GetOrder, answers)
    reply = market.seller.call("GET", ORDER)
    market.seller.call("GET", ORDER, body=b"x")
    market.anybody().call("GET", ORDER)
    market.anybody().call("PUT", "/nothing")

    unknown, nobody, wrong, fine = written(market)
    assert fine.request_id == reply.headers["x-amzn-requestid"]
    assert (fine.operation, fine.api, fine.path) == ("getOrder", "orders v0", "/orders/v0/orders/{orderId}")
    assert (fine.application_id, fine.seller_id) == (market.application.application_id, market.seller.seller_id)
    assert (fine.status, fine.code, fine.reason, fine.at) == (200, "", "", market.now)
    assert (wrong.status, wrong.code, wrong.reason) == (400, "InvalidInput", "A GET request must not have a body.")
    assert (nobody.seller_id, nobody.reason) == ("", "The request has no x-amz-access-token header.")
    assert (unknown.operation, unknown.path, unknown.status) == ("", "/nothing", 403)
    assert unknown.reason == "No operation is PUT on this path."


def test_refused_calls_can_be_asked_for(market: TestMarket, serve: Serve) -> None:
    serve(GetOrder, None)
    market.seller.call("GET", ORDER)
    market.anybody().call("GET", "/nothing")

    assert [one.code for one in written(market, refused=True)] == ["MissingAuthenticationToken", "NotImplemented"]


def test_the_table_is_bounded(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST", 3)
    for number in range(7):
        market.server.journal.add(at(market, number))
        market.server.journal.flush()

    assert [one.request_id for one in written(market)] == ["6", "5", "4"]
    with market.market.read() as unit:
        assert unit.execute(select(func.count()).select_from(table.call_batches)).scalar() == 3


def test_what_waits_is_bounded_too(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    journal = Journal(market.market)
    for number in range(7):
        journal.add(at(market, number))
    journal.flush()

    assert [one.request_id for one in written(market)] == ["6", "5", "4"]


def test_the_thread_writes_and_stopping_writes_the_rest(market: TestMarket) -> None:
    journal = Journal(market.market)
    journal.start()
    for number in range(1200):
        journal.add(at(market, number))
    journal.stop()

    assert len(written(market, limit=2000)) == 1200


def test_a_write_that_fails_is_reported_and_the_next_one_kept(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(market.market)

    def full() -> None:
        reason = "database or disk is full"
        raise DatabaseAway(reason)

    journal.add(at(market, 1))
    with monkeypatch.context() as patch, structlog.testing.capture_logs() as lines:
        patch.setattr(market.market, "write", full)
        journal.flush()
    journal.add(at(market, 2))
    journal.flush()

    assert [line for line in lines if line["event"] == "calls could not be kept"] == [
        {"event": "calls could not be kept", "calls": 1, "reason": "database or disk is full", "log_level": "warning"}
    ]
    assert [one.request_id for one in written(market)] == ["2"]


def test_a_batch_that_was_set_back_is_kept_all_the_same(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, noting = Journal(market.market), SetBack(record_uses)
    monkeypatch.setattr(f"{module.__name__}.record_uses", noting)

    journal.add(at(market, 1))
    journal.flush()

    assert noting.tries == 2
    assert [one.request_id for one in written(market)] == ["1"]


def test_lines_and_rows_hold_no_token_no_value_and_no_body(market: TestMarket) -> None:
    token = market.seller.token or ""
    body = b'{"restrictedResources": [{"method": "jane@example.com", "path": "/jane"}]}'
    with structlog.testing.capture_logs() as lines:
        market.seller.call("POST", "/tokens/2021-03-01/restrictedDataToken?x=jane", body=body)
        market.seller.call("GET", "/reports/2021-06-30/reports?pageSize=jane@example.com&createdSince=jane")
        market.anybody().call("GET", f"/{token}")
        market.anybody().call("GET", f"/x/{token.replace('|', '%7C')}/y")
        market.anybody().call("GET", f"/x/{token.replace('|', '%257C')}/y")
        market.seller.with_token(f"{token}x").call("GET", ORDER)
        rows = written(market)

    told = json.dumps(lines, default=str) + repr(rows)
    assert len(lines) == len(rows) == 6
    assert token[5:] not in told
    assert "jane" not in told
    assert "(secret)" in told


def test_what_an_error_quotes_is_not_kept(market: TestMarket) -> None:
    reasons = [f"{value!r} isn't the seller's order id." for value in ("jane", "ja'ne", "ja'n\"e", "ja\\ne")]
    for reason in [*reasons, "The seller's grant isn't valid: it's revoked."]:
        market.server.journal.add(msgspec.structs.replace(at(market, 1), reason=reason))

    kept, *cut = [one.reason for one in written(market)]
    assert kept == "The seller's grant isn't valid: it's revoked."
    assert cut == ["'...' isn't the seller's order id."] * 4


# Patterns that look at a text again from each of its letters take hours for these.
@pytest.mark.parametrize("letters", ["a", "Atza|", "'", "'a ", "\\", "'\\", "\"' ", "a@", "@", "%40", " "])
def test_no_reason_and_no_path_holds_up_the_journal(market: TestMarket, letters: str) -> None:
    text = (letters * 2**20)[: 2**20 + 1]
    market.server.journal.add(msgspec.structs.replace(at(market, 1), path=f"/{text}", reason=text))

    (one,) = written(market)

    assert len(one.path) <= 300
    assert len(one.reason) <= 300


def test_a_quotation_that_does_not_end_is_not_kept_either(market: TestMarket) -> None:
    market.server.journal.add(msgspec.structs.replace(at(market, 1), reason="There is no 'jane \\"))

    (one,) = written(market)

    assert one.reason == "There is no '...'"


def test_a_path_cannot_break_a_line_or_a_database(market: TestMarket) -> None:
    market.anybody().call("GET", "/a%0Ab%00c%1B[31m%E2%80%A8" + "x" * 1000)
    market.anybody().call("GET", "/%E2%80%AEnwod-edispu")

    turned, one = written(market)
    assert turned.path == "/?nwod-edispu"
    assert one.path.startswith("/a?b?c?[31m?xxx")
    assert len(one.path) == 300


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Atza|abc rest", "(secret) rest"),
        ("/x/Atz.sprdt|abc", "/x/(secret)"),
        ("Atzr%7Cabc", "(secret)"),
        ("token='Atc|abc'", "token='(secret)'"),
        ("amzn1.oa2-cs.v1.abcdef", "(secret)"),
        ("amzn1.application-oa2-client.abc", "amzn1.application-oa2-client.abc"),
    ],
)
def test_whatever_looks_like_a_secret_is_cut_out(text: str, shown: str) -> None:
    assert without_secrets(text) == shown
    assert for_the_log(text) == shown


def test_a_log_that_nobody_reads_does_not_stop_the_journal(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(market.market)

    def broken(_call: Call) -> None:
        raise BrokenPipeError

    journal.add(at(market, 1))
    with monkeypatch.context() as patch:
        patch.setattr(module, "_say", broken)
        journal.flush()
    journal.add(at(market, 2))
    journal.flush()

    assert [one.request_id for one in written(market)] == ["2"]


def test_the_server_writes_json_without_secrets_where_no_person_reads() -> None:

    kept = structlog.get_config()
    stream = io.StringIO()
    try:
        configure("info", stream=stream)
        log = structlog.get_logger()
        log.debug("not this")
        log.info("call", path="/Atza|abc", status=200, other=Identity)
        log.error("failed", exc_info=ValueError("Atzr|abc"))
    finally:
        structlog.configure(**kept)

    first, second = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert (first["event"], first["level"], first["path"], first["status"]) == ("call", "info", "/(secret)", 200)
    assert second["level"] == "error"
    assert "ValueError: (secret)" in second["exception"]
    assert "Atzr|" not in stream.getvalue()


def test_the_server_writes_lines_for_people_and_knows_its_levels() -> None:

    kept = structlog.get_config()
    stream = io.StringIO()
    try:
        configure("warning", stream=stream, as_json=False)
        structlog.get_logger().info("not this")
        structlog.get_logger().warning("careful", path="/a")
    finally:
        structlog.configure(**kept)

    assert "careful" in stream.getvalue()
    assert "path=/a" in stream.getvalue()
    assert "not this" not in stream.getvalue()
    with pytest.raises(ValueError, match="'loud' is not a log level; use one of debug, info"):
        configure("loud")


class Watched:
    """Turns that say when somebody asks for one."""

    def __init__(self) -> None:
        self.lock, self.asked = Lock(), Event()

    def __enter__(self) -> None:
        self.asked.set()
        self.lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.lock.release()


def test_whoever_has_its_turn_may_flush_while_the_journals_thread_waits_for_one(market: TestMarket) -> None:
    turns = Watched()
    journal = Journal(market.market, turns)
    journal.add(at(market, 1))
    with turns, ThreadPoolExecutor(1) as flushing:
        turns.asked.clear()
        journal.start()
        assert turns.asked.wait(10)
        flushing.submit(journal.flush).result(timeout=10)
        assert [one.request_id for one in latest(market)] == ["1"]
    journal.stop()
