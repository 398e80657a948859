"""A field is found in Pascal case as in camel case, wherever in a payload it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.client.notifications import NotificationUnreadable, parse
from sellingpartner.contract.fields import bare, fields_of, is_model
from sellingpartner.contract.notifications.registry import Entry, entries, load

VALUES: dict[object, Any] = {
    str: "a: \"b\": 'c'",
    int: 7,
    float: 1.5,
    Decimal: 10.25,
    bool: True,
    datetime: "2026-03-01T10:00:00Z",
    date: "2026-03-01",
    Any: {"AnyThing": [1]},
}


def example_of(kind: Any, recase: Callable[[str], str], *, filled: bool) -> Any:  # noqa: ANN401 - a type and JSON of it
    """JSON of a type: every field, or only those that are always there."""
    wanted = bare(kind)
    if is_model(wanted):
        return {
            recase(field.wire_name): example_of(field.type, recase, filled=filled)
            for field in fields_of(wanted).values()
            if filled or field.required
        }
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return next(iter(wanted)).value
    if get_origin(wanted) is list:
        return [example_of(get_args(wanted)[0], recase, filled=filled)] * 2
    if get_origin(wanted) is dict:
        return {"someKey": example_of(get_args(wanted)[1], recase, filled=filled)}
    if wanted is str and "pattern" in repr(kind):
        return "https://example.com" if "http" in repr(kind) else VALUES[datetime]
    return VALUES[wanted]


def notification(entry: Entry, recase: Callable[[str], str], *, filled: bool) -> str:
    content = example_of(load(entry), recase, filled=filled)
    payload = {recase(entry.wrapper): content} if entry.wrapper else content
    body = {"NotificationType": entry.notification_type, "PayloadVersion": entry.payload_version, "Payload": payload}
    return json.dumps({recase(key): value for key, value in body.items()})


def pascal(name: str) -> str:
    return name[:1].upper() + name[1:]


def camel(name: str) -> str:
    return name[:1].lower() + name[1:]


@pytest.mark.parametrize("filled", [True, False], ids=["every field", "what is always there"])
@pytest.mark.parametrize("entry", entries(), ids=lambda entry: f"{entry.notification_type} {entry.payload_version}")
@settings(max_examples=5)
@given(luck=st.randoms(use_true_random=False))
def test_a_payload_in_any_case_is_the_same_object(entry: Entry, filled: bool, luck: Any) -> None:  # noqa: ANN401, FBT001
    expected = msgspec.json.decode(json.dumps(example_of(load(entry), str, filled=filled)), type=load(entry))

    def mixed(name: str) -> str:
        recase: Callable[[str], str] = luck.choice((str, pascal, camel))
        return recase(name)

    for recase in (str, pascal, camel, str.lower, mixed):
        found = parse(notification(entry, recase, filled=filled))

        assert found.payload == expected
        assert found.surprises == ()


def test_of_two_spellings_in_one_object_the_contracts_counts() -> None:
    payload = '{"sellerId": "B", "SellerId": "A", "sellerID": "C", "AmazonOrderId": "1"}'
    body = f'{{"NotificationType": "FBA_OUTBOUND_SHIPMENT_STATUS", "Payload": {payload}}}'

    assert parse(body).payload.seller_id == "A"


def test_a_payload_of_which_nothing_is_known_is_drift() -> None:
    found = parse('{"NotificationType": "FBA_OUTBOUND_SHIPMENT_STATUS", "Payload": {"seller": "A"}}')

    assert found.payload.seller_id is None
    assert {str(surprise).partition(": ")[2] for surprise in found.surprises} == {
        "AmazonOrderId: missing",
        "AmazonShipmentId: missing",
        "SellerId: missing",
        "ShipmentStatus: missing",
        "seller: unknown field",
    }


@pytest.mark.parametrize("inside", ["[" * 100_000, '{"a":' * 100_000, "[" * 5_000 + "]" * 5_000, "9" * 5_000])
def test_what_has_no_end_is_unreadable_or_left_as_it_came(inside: str) -> None:
    for body in (inside, f'{{"NotificationType": "X", "Payload": {inside}}}', f'{{"Message": {inside}}}'):
        try:
            parse(body)
        except NotificationUnreadable as raised:
            assert "JSON" in str(raised)  # noqa: PT017 - it may be read as well
