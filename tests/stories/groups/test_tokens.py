"""Tokens: personal data of a buyer is opened for an hour by a token that names it, and by no other."""

from __future__ import annotations

import pytest

from sellingpartner import SellingPartner
from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.orders_v0 import GetOrderAddress
from sellingpartner.contract.tokens_2021_03_01 import Method, RestrictedResource
from sellingpartner.testing import TestMarket


def test_an_address_is_opened_for_an_hour_by_the_token_that_names_it(
    market: TestMarket, client: SellingPartner
) -> None:
    order_id, other = market.buys(), market.buys()
    path = f"/orders/v0/orders/{order_id}/address"
    resource = RestrictedResource(method=Method.GET, path=path, data_elements=["shippingAddress"])

    made = client.tokens.create_restricted_data_token(restricted_resources=[resource])

    opened = market.seller.with_token(made.restricted_data_token or "")
    address = opened.send(GetOrderAddress(order_id=order_id)).payload.shipping_address
    assert address is not None
    assert (address.name, address.city) == ("Ada Finch", "Portland")
    with pytest.raises(Unauthorized):
        opened.send(GetOrderAddress(order_id=other))
    without = market.seller.send(GetOrderAddress(order_id=order_id)).payload.shipping_address
    assert without is not None
    assert (without.name, without.address_line1, without.city) == (None, None, "Portland")
    market.advance(seconds=(made.expires_in or 0) + 1)
    with pytest.raises(Unauthorized):
        opened.send(GetOrderAddress(order_id=order_id))
