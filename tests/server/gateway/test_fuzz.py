"""Whatever is sent: never a 500, always a refusal that clients can read, and nothing of it in the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
import structlog
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from odd_values import ODD_JSON, ODD_TEXTS

from sellingpartner.contract import registry
from sellingpartner.contract.operation import places
from sellingpartner.server.gateway import pipeline
from sellingpartner.server.gateway.handlers import Handled, handled
from sellingpartner.testing import Reply, TestMarket
from soak import examples

Call = tuple[str, str, dict[str, str], bytes]

MARK = "jane.doe.7"
"""What no log may hold: it is in every value that is sent."""

ENTRIES = registry.operations()
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"]
ODD = ["", "/", "..", "%2F", "%252F", "%00", "%FF", "%ED%A0%80", "a b", "😀", "%", "\0", "\n", "x" * 300, "'\"<>", "-1"]

texts = st.one_of(st.sampled_from(ODD), st.text(max_size=12)).map(lambda text: f"{text}{MARK}")
segments = st.one_of(texts, st.sampled_from(ODD))
# By their numbers: hypothesis writes down whatever it chooses from, and some of these are long.
odd_texts = st.integers(0, len(ODD_TEXTS) - 1).map(lambda number: ODD_TEXTS[number])
odd_json = st.integers(0, len(ODD_JSON) - 1).map(lambda number: ODD_JSON[number])
likely = st.one_of(
    st.sampled_from(["true", "1", "2026-11-02T09:00:00Z", "1e5", "ATVPDKIKX0DER", "a,b", ",", ""]), odd_texts
)
scalars = st.one_of(texts, likely, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False))
json_values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from(["application/json", "text/plain", "", ";", "application/json;x=json"]),
        "Content-Length": st.sampled_from(["0", "1", "-1", "x", "9" * 40]),
        "Transfer-Encoding": st.just("chunked"),
        "Host": texts,
        "x-amzn-idempotency-token": texts,
        "x-amzn-shipping-business-id": st.one_of(texts, st.just("AmazonShipping_US")),
    },
)


@st.composite
def bodies(draw: st.DrawFn, entry: registry.Entry) -> bytes:
    """Anything, or an object that has the fields of the operation's body."""
    request = registry.load(entry)
    fields = [field.encode_name for field in _fields(request.operation.body)]
    is_object: bool = draw(st.booleans())
    if fields and is_object:
        known = st.sampled_from(fields)
        values = st.one_of(json_values.map(msgspec.json.encode), odd_json)
        said = draw(st.lists(st.tuples(known, values), max_size=6))
        return b"{%s}" % b",".join(b'"%s":%s' % (name.encode(), value) for name, value in said)
    return draw(st.one_of(json_values.map(msgspec.json.encode), st.binary(max_size=40), st.just(b"{}"), st.just(b"")))


def _fields(body: Any) -> tuple[Any, ...]:  # noqa: ANN401 - an annotation
    is_model = isinstance(body, type) and issubclass(body, msgspec.Struct)
    return msgspec.structs.fields(body) if is_model else ()


@st.composite
def calls(draw: st.DrawFn, *, built: bool = False) -> Call:
    """A call near an operation, whichever or one that this market serves."""
    entry = draw(st.sampled_from([one for one in ENTRIES if one.key in handled()] if built else ENTRIES))
    names = [place.wire_name for place in places(registry.load(entry)).query]
    path = "/".join(quote(draw(segments)) if part.startswith("{") else part for part in entry.path.split("/"))
    path += draw(st.sampled_from(["", "", "", "", "/", "//x", "/.."]))
    pairs = draw(st.lists(st.tuples(st.sampled_from([*names, "x"]), st.one_of(likely, texts)), max_size=8))
    query = "&".join(f"{name}={value if draw(st.booleans()) else quote(value)}" for name, value in pairs)
    method = entry.method if draw(st.integers(0, 9)) else draw(st.sampled_from(METHODS))
    body = draw(bodies(entry)) if method not in {"GET", "HEAD"} else draw(st.sampled_from([b"", b"", b"", b"{}"]))
    return method, f"{path}?{query}", draw(headers), body


@pytest.fixture(scope="module")
def worlds() -> Iterator[SimpleNamespace]:
    market = TestMarket()
    yield SimpleNamespace(market=market, seller=market.seller)
    market.close()


def _only_empty_handlers(key: str) -> Handled:
    (entry,) = registry.find(key)
    return Handled(registry.load(entry), lambda *_: [], entry.method == "GET")


def check(reply: Reply) -> None:
    assert reply.status != 500, reply.body
    assert reply.body.isascii()
    assert len(reply.headers["x-amzn-requestid"]) == 36
    if reply.status >= 400:
        errors = json.loads(reply.body)["errors"]
        assert errors
        assert all(one["code"] and one["message"] for one in errors)
    elif reply.status == 204:
        assert reply.body == b""
    else:
        assert json.loads(reply.body) is not None


@settings(max_examples=examples(250), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(call=calls())
@example(call=("GET", f"/orders/v0/orders?MarketplaceIds={MARK}&IsISPU={MARK}", {}, b""))
@example(call=("POST", "/reports/2021-06-30/reports", {}, b'{"reportType": "%s", "marketplaceIds": 7}' % MARK.encode()))
def test_no_request_is_too_odd_to_be_read_and_nothing_of_it_is_told(
    worlds: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.setattr(pipeline, "handler_of", _only_empty_handlers)
    method, target, sent, body = call
    worlds.market.server.journal.flush()  # what others have called is told before, not among this
    with structlog.testing.capture_logs() as lines:
        reply = worlds.seller.call(method, target, headers=sent, body=body)
        worlds.market.server.journal.flush()

    check(reply)
    unrouted = "MissingAuthenticationToken"  # of what is no operation, the path is told
    told = [line for line in lines if line.get("code") != unrouted]
    assert MARK not in json.dumps(told, default=str)
    assert worlds.seller.token[5:] not in json.dumps(lines, default=str)


@settings(max_examples=examples(250))
@given(call=calls(built=True))
def test_no_call_is_too_odd_to_be_answered(worlds: SimpleNamespace, call: Call) -> None:
    method, target, sent, body = call

    check(worlds.seller.call(method, target, headers=sent, body=body))


@settings(max_examples=examples(150))
@given(
    method=st.one_of(st.sampled_from(METHODS), st.text(max_size=12)),
    path=st.text(max_size=60),
    query=st.text(max_size=60),
    token=st.one_of(st.none(), st.text(max_size=40), st.text(max_size=20).map("Atza|".__add__)),
)
def test_no_caller_is_too_odd_to_be_answered(
    worlds: SimpleNamespace, method: str, path: str, query: str, token: str | None
) -> None:
    market: TestMarket = worlds.market
    replies: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": f"/x{path}",
        "QUERY_STRING": query,
        "HTTP_X_AMZ_ACCESS_TOKEN": token,
    }

    body = b"".join(market.server(environ, lambda status, answered: replies.append((status, answered))))
    market.server.journal.flush()

    assert replies[0][0] == "403 Forbidden"
    check(Reply(403, {name.lower(): value for name, value in replies[0][1]}, body))
