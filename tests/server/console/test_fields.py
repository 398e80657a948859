from __future__ import annotations

import io

import pytest

from sellingpartner.contract.errors import InvalidInput, RequestTooLarge, UnsupportedMediaType
from sellingpartner.server.console.fields import LARGEST_FORM, fields_of, form_of
from sellingpartner.server.gateway.wsgi import WsgiRequest


def post(body: bytes, content_type: str = "application/x-www-form-urlencoded", **more: str) -> WsgiRequest:
    environ = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    return WsgiRequest({"REQUEST_METHOD": "POST", **environ, **more})


def test_a_name_may_have_several_values_and_an_empty_one_is_none() -> None:
    fields = fields_of("a=1&a=2&b=&c=%C3%A9+%26")

    assert (fields.one("a"), fields.all("a")) == ("2", ["1", "2"])
    assert (fields.one("b"), "b" in fields) == ("", False)
    assert (fields.one("c"), fields.one("d")) == ("\xe9 &", "")


def test_what_is_no_utf8_becomes_what_nobody_is_called() -> None:
    assert fields_of("a=%FF%FE").one("a") == "\ufffd\ufffd"
    assert form_of(post(b"a=\xff")).one("a") == "\ufffd"


def test_a_form_is_read_and_nothing_else_is() -> None:
    assert form_of(post(b"a=1", "application/x-www-form-urlencoded; charset=utf-8")).one("a") == "1"
    assert form_of(post(b"", "")).as_sent == {}
    with pytest.raises(UnsupportedMediaType, match="not a form"):
        form_of(post(b'{"a": 1}', "application/json"))


def test_a_form_that_is_too_large_is_not_read_at_all() -> None:
    request = post(b"a=1", CONTENT_LENGTH=str(LARGEST_FORM + 1))

    with pytest.raises(RequestTooLarge, match="64 KiB"):
        form_of(request)
    with pytest.raises(RequestTooLarge, match="64 KiB"):
        form_of(post(b"a" * (LARGEST_FORM + 1)))


def test_a_crowd_of_fields_is_refused() -> None:
    assert len(fields_of("&".join(f"a{number}=1" for number in range(200))).as_sent) == 200
    with pytest.raises(InvalidInput, match="more than 200"):
        fields_of("&".join(f"a{number}=1" for number in range(201)))
