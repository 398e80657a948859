"""However an SDK sends a token request, it is understood; what cannot be understood is refused, never a defect."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soak import examples

Desk = Any  # tests/server/authorization/conftest.py

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def fields(desk: Desk) -> dict[str, str]:
    return {"grant_type": "refresh_token", "refresh_token": desk.refresh_token, **desk.credentials}


@pytest.mark.parametrize("content_type", [FORM, f"{FORM};charset=UTF-8", f"{FORM.title()}; charset=utf-8", ""])
def test_a_form_is_read_with_and_without_a_charset(desk: Desk, fields: dict[str, str], content_type: str) -> None:
    assert desk.post(urlencode(fields).encode(), content_type).status == 200


def test_a_pipe_in_a_form_need_not_be_encoded(desk: Desk, fields: dict[str, str]) -> None:
    assert desk.post("&".join(f"{name}={value}" for name, value in fields.items()).encode(), FORM).status == 200


def test_a_compressed_request_is_refused(desk: Desk, fields: dict[str, str]) -> None:
    body = gzip.compress(urlencode(fields).encode())

    reply = desk.post(body, FORM, **{"Content-Encoding": "gzip"})

    assert reply.status == 415
    assert "Content-Encoding" in desk.last_call().reason


@pytest.mark.parametrize("content_type", ["application/json", "application/json;charset=UTF-8", "text/json", ""])
def test_json_is_read_as_well(desk: Desk, fields: dict[str, str], content_type: str) -> None:
    body = json.dumps(fields | {"scope": None, "redirect_uri": "", "extra": [1, {}]}).encode()

    assert desk.post(body, content_type).status == 200


def test_the_path_is_known_in_its_other_spelling(desk: Desk, fields: dict[str, str]) -> None:
    assert desk.post(urlencode(fields).encode(), FORM, path="/auth/O2/token").status == 200


def test_credentials_may_come_by_http_basic(desk: Desk, fields: dict[str, str]) -> None:
    del fields["client_id"], fields["client_secret"]

    assert desk.post(urlencode(fields).encode(), FORM, Authorization=desk.basic()).status == 200


def test_credentials_may_come_twice_if_they_are_the_same(desk: Desk, fields: dict[str, str]) -> None:
    assert desk.post(urlencode(fields).encode(), FORM, Authorization=desk.basic()).status == 200


@pytest.mark.parametrize("authorization", ["Basic", "Basic !", "Basic bm9jb2xvbg==", "basic /w==", "Basic OkE6Qg=="])
def test_unreadable_credentials_are_wrong_credentials(desk: Desk, fields: dict[str, str], authorization: str) -> None:
    reply = desk.post(urlencode(fields).encode(), FORM, Authorization=authorization)

    assert (reply.status, reply.json()["error"]) == (401, "invalid_client")
    assert reply.headers["www-authenticate"] == 'Basic realm="Login with Amazon"'


def test_two_different_credentials_are_wrong_credentials(desk: Desk, fields: dict[str, str]) -> None:
    reply = desk.post(urlencode(fields).encode(), FORM, Authorization=desk.basic(client_secret="another"))

    assert (reply.status, reply.json()["error"]) == (401, "invalid_client")


def test_the_signature_of_an_old_sdk_is_ignored(desk: Desk, fields: dict[str, str]) -> None:
    reply = desk.post(urlencode(fields).encode(), FORM, Authorization="AWS4-HMAC-SHA256 Credential=A/B, Signature=0")

    assert reply.status == 200


def test_a_parameter_given_twice_is_refused(desk: Desk, fields: dict[str, str]) -> None:
    reply = desk.post(f"{urlencode(fields)}&grant_type=refresh_token".encode(), FORM)

    assert desk.refusal(reply) == {
        "status": 400,
        "error": "invalid_request",
        "error_description": "The request has an invalid parameter : grant_type",
    }
    assert desk.last_call().reason == "The parameter grant_type is given twice."


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b'"grant_type"'),
        ("application/json", b'{"grant_type": "\xff"}'),
        ("application/json", b"[" * 100_000),
        (FORM, b"grant_type=\xff"),
        (FORM, b"grant_type=%FF"),
        (FORM, b"a=1&" * 200),
        ("text/plain", b"grant_type=refresh_token"),
        ("multipart/form-data; boundary=x", b"--x--"),
    ],
)
def test_what_cannot_be_read_is_malformed(desk: Desk, content_type: str, body: bytes) -> None:
    assert desk.refusal(desk.post(body, content_type)) == {
        "status": 400,
        "error": "invalid_request",
        "error_description": "The request is malformed",
    }


@pytest.mark.parametrize("value", [1, True, [], {}, ["refresh_token"]])
def test_a_parameter_in_json_is_a_string(desk: Desk, fields: dict[str, str], value: object) -> None:
    reply = desk.post(json.dumps(fields | {"client_id": value}).encode(), "application/json")

    assert desk.refusal(reply)["error_description"] == "The request has an invalid parameter : client_id"


def test_a_body_over_one_mebibyte_is_refused(desk: Desk, fields: dict[str, str]) -> None:
    form = urlencode(fields).encode() + b"&padding="

    assert desk.post(form + b"a" * (1024 * 1024 - len(form)), FORM).status == 200
    too_large = desk.post(form + b"a" * (1024 * 1024 - len(form) + 1), FORM)

    assert desk.refusal(too_large) == {
        "status": 413,
        "error": "invalid_request",
        "error_description": "The request is malformed",
    }


def test_a_client_id_that_no_database_keeps_is_nobodys(desk: Desk, fields: dict[str, str]) -> None:
    reply = desk.post(json.dumps(fields | {"client_id": "a\x00b"}).encode(), "application/json")

    assert reply.status == 401


_NAMES = st.sampled_from(
    ["grant_type", "code", "redirect_uri", "refresh_token", "scope", "client_id", "client_secret", "scopes", "client"]
)
_VALUES = st.one_of(
    st.sampled_from(["refresh_token", "authorization_code", "client_credentials", "openid", "Atzr|x", ""]), st.text()
)
_TYPES = st.one_of(
    st.sampled_from([FORM, "application/json", "text/plain", ""]),
    st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"])),
)
_BODIES = st.one_of(
    st.binary(),
    st.lists(st.tuples(_NAMES, _VALUES)).map(lambda pairs: urlencode(pairs, errors="replace").encode()),
    st.dictionaries(_NAMES, st.one_of(_VALUES, st.none(), st.integers(), st.lists(_VALUES))).map(
        lambda sent: json.dumps(sent).encode()
    ),
)


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    body=_BODIES,
    content_type=_TYPES,
    authorization=_TYPES.map(lambda text: f"Basic {text}") | _TYPES,
    known=st.booleans(),
)
def test_nothing_that_is_sent_is_a_defect(
    desk: Desk, body: bytes, content_type: str, authorization: str, *, known: bool
) -> None:
    header = desk.basic() if known else authorization

    reply = desk.post(body, content_type, Authorization=header)

    assert reply.status in {200, 400, 401, 413}
    assert reply.json().get("error", "") in {
        "", "invalid_request", "invalid_client", "invalid_grant", "invalid_scope", "unsupported_grant_type",
    }  # fmt: skip
