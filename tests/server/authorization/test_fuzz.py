"""Nothing that is sent to the token endpoint is too odd to be answered, and nothing but proof gets a token."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_values import ODD_JSON, ODD_TEXTS

from sellingpartner.market.accounts import tables
from sellingpartner.testing import Reply
from soak import examples

Desk = Any  # tests/server/authorization/conftest.py

EASY = settings(
    max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

NAMES = ("grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", "client_id", "client_secret")
GRANT_TYPES = ("authorization_code", "refresh_token", "client_credentials", "password", "openid", "implicit")
FORM = "application/x-www-form-urlencoded"
odd_text = st.one_of(
    st.text(max_size=60),
    st.integers(0, len(ODD_TEXTS) - 1).map(lambda number: ODD_TEXTS[number]),
    st.sampled_from(["é", "%00", "+", "&", "=", "a" * 5000, "\ud7ff", "Atzr|", "sellingpartnerapi::orders", " "]),
)
fields = st.fixed_dictionaries({"grant_type": st.sampled_from(GRANT_TYPES)}) | st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=10)), odd_text, max_size=8
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | odd_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
header_text = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40)
content_types = st.one_of(
    st.sampled_from([FORM, "application/json", "text/plain", "", ";", "application/json; charset=utf-16"]), header_text
)


@pytest.fixture
def nothing_given(desk: Desk) -> Any:  # noqa: ANN401 - a check
    def rows() -> tuple[int, ...]:
        with desk.market.market.read() as unit:
            return tuple(unit.count(table) for table in (tables.tokens, tables.grants, tables.secrets))

    before = rows()
    yield
    assert rows() == before
    desk.market.server.journal.flush()


def is_refused(reply: Reply) -> bool:
    said = reply.json()
    return (
        400 <= reply.status < 500
        and "location" not in reply.headers
        and all(value.isprintable() for value in reply.headers.values())
        and set(said) == {"error", "error_description", "request_id"}
        and said["error"] != "server_error"
        and b"access_token" not in reply.body
    )


@pytest.mark.usefixtures("nothing_given")
@EASY
@given(body=st.binary(max_size=300), content_type=content_types, authorization=header_text)
def test_no_bytes_are_too_odd(desk: Desk, body: bytes, content_type: str, authorization: str) -> None:
    assert is_refused(desk.post(body, content_type, Authorization=authorization))


@pytest.mark.usefixtures("nothing_given")
@EASY
@given(sent=fields)
def test_no_form_without_proof_gets_a_token(desk: Desk, sent: dict[str, str]) -> None:
    assert is_refused(desk.post(urlencode(sent).encode()))


@pytest.mark.usefixtures("nothing_given")
@EASY
@given(sent=st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=5)), json_values, max_size=8))
def test_no_json_without_proof_gets_a_token(desk: Desk, sent: dict[str, Any]) -> None:
    assert is_refused(desk.post(json.dumps(sent).encode(), "application/json"))


@pytest.mark.usefixtures("nothing_given")
@EASY
@given(sent=fields)
def test_an_application_without_a_code_or_token_gets_none(desk: Desk, sent: dict[str, str]) -> None:
    """It has its credentials, and knows what a code and a token look like."""
    sent = {"grant_type": "refresh_token", "refresh_token": "Atzr|guess"} | sent | desk.credentials
    if sent.get("grant_type") == "client_credentials":
        sent["scope"] = "sellingpartnerapi::guess"

    assert is_refused(desk.post(urlencode(sent).encode()))


@EASY
@given(name=st.sampled_from(NAMES), value=odd_text.filter(bool))
def test_a_good_request_with_one_odd_value_is_refused_or_taken_as_it_was_meant(
    desk: Desk, name: str, value: str
) -> None:
    good = {"grant_type": "refresh_token", "refresh_token": desk.refresh_token, **desk.credentials}
    doubled = f"{urlencode(good)}&{name}={quote_plus(value)}".encode()

    reply = desk.post(doubled)

    if name in good or name == "scope":
        assert is_refused(reply) or value.strip() == "sellingpartnerapi::orders"
    else:  # of another grant: no business of this one
        assert reply.status in {200, 400}


@pytest.mark.parametrize("name", NAMES)
def test_no_value_in_json_is_too_odd(desk: Desk, name: str) -> None:
    sent = json.dumps({"grant_type": "refresh_token", "refresh_token": "x", **desk.credentials, name: "ODD"}).encode()

    for value in ODD_JSON:
        assert is_refused(desk.post(sent.replace(b'"ODD"', value), "application/json")), value


@pytest.mark.parametrize("repeats", [1, 90, 100, 101, 10_000])
def test_no_number_of_parameters_is_too_large(desk: Desk, repeats: int) -> None:
    assert desk.post(b"&".join(b"a%d=1" % number for number in range(repeats))).status == 400


@pytest.mark.parametrize("size", [1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024])
@pytest.mark.parametrize("name", NAMES)
def test_no_value_is_too_large(desk: Desk, name: str, size: int) -> None:
    sent = {"grant_type": "refresh_token", "refresh_token": "Atzr|guess", **desk.credentials, name: "a" * size}

    assert desk.post(urlencode(sent).encode()).status in {400, 401, 413}
