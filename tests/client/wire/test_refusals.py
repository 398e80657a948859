from __future__ import annotations

import json

import pytest

from sellingpartner.client.wire import error_of
from sellingpartner.contract.errors import (
    AnswerUnreadable,
    Conflict,
    InternalFailure,
    InvalidInput,
    MissingAuthenticationToken,
    NotBuilt,
    NotFound,
    QuotaExceeded,
    RequestTooLarge,
    SellingPartnerError,
    ServiceUnavailable,
    Unauthorized,
)

DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"errors": [{"code": "Odd", "message": "no", "details": "why"}]}', ("Odd", "no", "why")),
        ('{"errors": [{"code": "Odd", "message": null}]}', ("Odd", "No reason is given.", None)),
        ('{"errors": [{"code": "Odd", "message": null, "details": "why"}]}', ("Odd", "why", "why")),
        ('{"errors": [{"message": "no"}]}', ("InvalidInput", "no", None)),
        ('{"errors": [{"message": "no", "code": null}]}', ("InvalidInput", "no", None)),
        ('{"errors": [{"code": "Odd", "message": [1], "details": {"at": 1}}]}', ("Odd", '{"at":1}', '{"at":1}')),
        ('{"errors": [{"code": 5, "message": "no"}]}', ("InvalidInput", "no", None)),
        ('{"errors": [null, {}, {"code": "Odd", "message": "no"}]}', ("Odd", "no", None)),
        ('{"errors": ["no", "nor this"]}', ("InvalidInput", "no", None)),
        ('{"errors": "no"}', ("InvalidInput", "no", None)),
        ('{"errors": {"code": "Odd", "message": "no"}}', ("Odd", "no", None)),
        ('{"errors": null, "message": "no"}', ("InvalidInput", "no", None)),
        ('{"payload": {}, "errors": [{"code": "Odd", "message": "no"}]}', ("Odd", "no", None)),
        ('{"errorList": [{"errorCode": "Odd", "errorMessage": "no"}]}', ("Odd", "no", None)),
        ('{"Errors": [{"Code": "Odd", "Message": "no"}]}', ("Odd", "no", None)),
        ('[{"code": "Odd", "message": "no"}]', ("Odd", "no", None)),
        ('{"code": "Odd", "message": "no"}', ("Odd", "no", None)),
        ('{"message": "Forbidden"}', ("InvalidInput", "Forbidden", None)),
        ('{"error": "invalid_request", "error_description": "no"}', ("invalid_request", "no", None)),
        ('{"error": "invalid_request"}', ("invalid_request", "invalid_request", None)),
        ('{"error": {"code": "Odd", "message": "no"}}', ("Odd", "no", None)),
        ('"no"', ("InvalidInput", "no", None)),
    ],
)
def test_what_a_refusal_says_is_told_whatever_its_shape(body: str, told: tuple[str, str, str | None]) -> None:
    error = error_of(400, body.encode())

    assert type(error) is InvalidInput
    assert (error.code, error.message, error.details) == told
    assert (error.status, error.has_words) == (400, True)


@pytest.mark.parametrize("said", [True, False], ids=["said", "a page"])
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidInput),
        (401, Unauthorized),
        (403, Unauthorized),
        (413, RequestTooLarge),
        (429, QuotaExceeded),
        (500, InternalFailure),
        (503, ServiceUnavailable),
    ],
)
def test_the_status_says_which_error_it_is(status: int, kind: type[SellingPartnerError], *, said: bool) -> None:
    body = b'{"errors": [{"code": "Odd", "message": null}]}' if said else b"<html>no</html>"

    error = error_of(status, body)

    assert type(error) is kind
    assert (error.status, error.has_words) == (status, said)


@pytest.mark.parametrize(
    "body",
    [
        *[
            "",
            "<html>Blocked</html>",
            "{}",
            "[]",
            "null",
            "7",
            '{"errors": []}',
            '{"errors": [null]}',
            '{"errors"',
            DEEP,
        ],
        *['{"errors": [{"code": 5, "message": [1]}]}', '{"errors": 5}', '{"message": {"a": 1}}'],
    ],
)
def test_a_body_that_says_nothing_leaves_the_status(body: str) -> None:
    error = error_of(403, body.encode())

    assert type(error) is Unauthorized
    assert error.message == f"The answer was 403 with {body[:200] or 'nothing'}"
    assert not error.has_words


@pytest.mark.parametrize(("status", "kind"), [(404, NotFound), (409, Conflict), (501, NotBuilt)])
def test_that_a_thing_is_not_there_is_believed_only_of_who_says_so(
    status: int, kind: type[SellingPartnerError]
) -> None:
    assert type(error_of(status, b'{"errors": [{"code": "Odd", "message": null}]}')) is kind
    assert type(error_of(status, b"<html>nginx</html>")) is AnswerUnreadable


def test_a_status_without_an_error_of_its_own_goes_by_the_code() -> None:
    assert type(error_of(422, b'{"errors": [{"code": "InvalidInput", "message": "no"}]}')) is InvalidInput
    assert type(error_of(422, b'{"errors": [{"code": "Odd", "message": "no"}]}')) is SellingPartnerError
    assert type(error_of(502, b"<html>Bad Gateway</html>")) is AnswerUnreadable


@pytest.mark.parametrize("entry", [{"code": "MissingAuthenticationToken"}, {"message": "Missing Authentication Token"}])
def test_the_gateways_word_for_a_wrong_path_is_known_in_either_form(entry: dict[str, str]) -> None:
    assert type(error_of(403, json.dumps({"errors": [entry]}).encode())) is MissingAuthenticationToken
    assert type(error_of(403, json.dumps(entry).encode())) is MissingAuthenticationToken
