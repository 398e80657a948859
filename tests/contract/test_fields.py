from __future__ import annotations

from typing import Annotated, Any

import pytest
from msgspec import Meta

from sellingpartner.contract.fields import bare, fields_of, is_model
from sellingpartner.contract.orders_v0 import GetOrderResponse, Order


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (str, str),
        (str | None, str),
        (Annotated[str, Meta(max_length=3)], str),
        (Annotated[list[str], Meta(max_length=3)] | None, list[str]),
        (int | str | None, int | str | None),
        (Any, Any),
    ],
)
def test_a_type_is_told_from_what_is_written_around_it(kind: Any, found: Any) -> None:  # noqa: ANN401 - annotations
    assert bare(kind) == found


def test_a_model_tells_its_fields_by_their_names_on_the_wire() -> None:
    fields = fields_of(Order)

    assert fields["AmazonOrderId"][:4] == ("amazon_order_id", "AmazonOrderId", str, True)
    assert (fields["SellerOrderId"].required, fields["SellerOrderId"].default) == (False, None)
    assert bare(fields_of(GetOrderResponse)["payload"].type) is Order


def test_a_model_is_told_from_other_types() -> None:
    assert is_model(Order)
    assert not any(is_model(kind) for kind in (str, dict, list[Order], Order | None))
