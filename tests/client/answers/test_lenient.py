from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.client._answers import lenient
from sellingpartner.contract import registry
from sellingpartner.contract.fields import fields_of
from sellingpartner.contract.operation import NoContent, answer_type
from sellingpartner.contract.orders_v0 import GetOrdersResponse
from soak import examples

ANSWERS = [kind for entry in registry.operations() if (kind := answer_type(registry.load(entry))) is not NoContent]


def build(kind: Any, body: bytes, note: lenient.Note) -> Any:  # noqa: ANN401 - a model, and a value of it
    return lenient.value(kind, lenient.read(body), "", note)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def filled(kind: Any, data: st.DataObject, depth: int = 3) -> Any:  # noqa: ANN401 - an answer's type, and JSON
    """JSON that has the fields of a model, and anything at all in them."""
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)) or depth == 0:
        return data.draw(JSON)
    found = {}
    for name, field in fields_of(kind).items():
        if data.draw(st.booleans()):
            inner = next((part for part in (field.type, *getattr(field.type, "__args__", ())) if _is_model(part)), None)
            found[name] = filled(inner, data, depth - 1) if inner and data.draw(st.booleans()) else data.draw(JSON)
    return found


def _is_model(kind: Any) -> bool:  # noqa: ANN401
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


@settings(max_examples=examples(150))
@given(data=st.data())
def test_no_object_fails_to_be_read_as_an_answer(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([kind for kind in ANSWERS if _is_model(kind)]))
    body = json.dumps(filled(kind, data)).encode()

    assert isinstance(build(kind, body, lambda *_: None), kind)


@settings(max_examples=examples(60))
@given(data=st.data())
def test_what_is_as_the_contract_says_is_read_alike_both_ways(data: st.DataObject) -> None:
    surprises: list[tuple[str, str]] = []
    order: dict[str, Any] = {
        "AmazonOrderId": data.draw(st.text()),
        "PurchaseDate": "x",
        "LastUpdateDate": "y",
        "OrderStatus": "Shipped",
    }
    order["NumberOfItemsShipped"] = data.draw(st.integers(0, 2**40))
    body = json.dumps({"payload": {"Orders": [order] * data.draw(st.integers(0, 3))}}).encode()

    slow = build(GetOrdersResponse, body, lambda *surprise: surprises.append(surprise))

    assert slow == msgspec.json.decode(body, type=GetOrdersResponse)
    assert surprises == []


def test_a_number_that_would_take_for_ever_is_kept_as_it_came() -> None:
    order = b'{"AmazonOrderId": "1", "NumberOfItemsShipped": 1e999999999, "NumberOfItemsUnshipped": "9e99999999"}'

    page = build(GetOrdersResponse, b'{"payload": {"Orders": [' + order + b"]}}", lambda *_: None)

    assert page.payload.orders[0].number_of_items_shipped == Decimal("1e999999999")
    assert page.payload.orders[0].number_of_items_unshipped == "9e99999999"
