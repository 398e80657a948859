from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract import errors
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.errors import render


def _tree(root: type[SellingPartnerError]) -> list[type[SellingPartnerError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in _tree(child))]


CALLERS_OWN = {errors.LoginFailed, *_tree(errors.CallFailed)}
KINDS = [kind for kind in _tree(SellingPartnerError) if kind.__module__ == errors.__name__ and kind not in CALLERS_OWN]
STATUSES = {
    "SellingPartnerError": 500,
    "InvalidInput": 400,
    "InvalidArgument": 400,
    "Unauthorized": 403,
    "MissingAuthenticationToken": 403,
    "AuthorizationRevoked": 403,
    "ScopeMissing": 403,
    "NotFound": 404,
    "Conflict": 409,
    "RequestTooLarge": 413,
    "UnsupportedMediaType": 415,
    "QuotaExceeded": 429,
    "InternalFailure": 500,
    "NotBuilt": 501,
    "ServiceUnavailable": 503,
}


def test_every_error_has_its_status() -> None:
    assert {kind.__name__: kind.status for kind in KINDS} == STATUSES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(text=st.text())
def test_every_error_becomes_a_list_of_errors(kind: type[SellingPartnerError], text: str) -> None:
    error = kind.__new__(kind)
    SellingPartnerError.__init__(error, text, details=text)

    answer = render(error)

    assert answer.status == kind.status
    assert ("Content-Type", "application/json") in answer.headers
    assert json.loads(answer.body) == {"errors": [{"code": kind.code, "message": text, "details": text}]}


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errors.MissingAuthenticationToken(), "MissingAuthenticationTokenException"),
        (errors.Unauthorized(), "AccessDeniedException"),
        (errors.QuotaExceeded(), "TooManyRequestsException"),
        (errors.InternalFailure("x"), "InternalFailure"),
        (errors.InvalidInput("x"), None),
        (errors.NotFound("x"), None),
    ],
)
def test_the_error_type_is_in_a_header_where_amazon_sends_one(error: SellingPartnerError, kind: str | None) -> None:
    assert dict(render(error).headers).get("x-amzn-ErrorType") == kind


def test_an_unknown_path_is_refused_without_details() -> None:
    assert render(errors.MissingAuthenticationToken()).body == (
        b'{"errors":[{"code":"MissingAuthenticationToken","message":"Missing Authentication Token"}]}'
    )


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_as_ascii(text: str) -> None:
    body = to_json({text: [text]})

    assert body.isascii()
    assert json.loads(body) == {text: [text]}


def test_characters_beyond_the_basic_plane_are_pairs() -> None:
    assert to_json("aß尺😀") == rb'"a\u00df\u5c3a\ud83d\ude00"'


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_money_is_exact(amount: Decimal) -> None:
    assert Decimal(json.loads(to_json(amount), parse_float=str, parse_int=str)) == amount


def test_numbers_are_numbers() -> None:
    assert to_json({"a": Decimal("0.10"), "b": Decimal(7), "c": 1.5}) == b'{"a":0.10,"b":7,"c":1.5}'


def test_times_end_in_z() -> None:
    nine = datetime(2026, 11, 2, 9, tzinfo=UTC)

    assert (
        to_json([nine, nine + timedelta(microseconds=1)]) == b'["2026-11-02T09:00:00Z","2026-11-02T09:00:00.000001Z"]'
    )
    assert to_json(nine.astimezone(timezone(timedelta(0)))) == b'"2026-11-02T09:00:00Z"'


def test_what_is_none_is_left_out() -> None:
    answer = errors.ErrorAnswer(errors=[errors.ErrorEntry(code="a", message="b")])

    assert msgspec.json.decode(to_json(answer)) == {"errors": [{"code": "a", "message": "b"}]}
