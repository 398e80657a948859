"""SKUs of characters that paths and queries mean something by, through other people's SDKs, over a socket."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from shopkeeper import mug, offer, stock

from sellingpartner.env_file import read_env

Guide = Callable[..., dict[str, Any]]
Served = Any  # tests/strangers/conftest.py


pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(autouse=True)
def _sockets_left_open() -> Iterator[None]:
    """One of these SDKs never closes the connections of its token client; here they end without a warning."""
    yield
    gc.collect()


@pytest.fixture
def seller_id(served: Served) -> str:
    """Who the demo world's seller is."""
    return read_env(served.credentials)["SP_API_SELLER_ID"]


SKUS = ("A/B C", "50%+x:y", "a?b#c&d", "täßchen☕")
PATCH = {"op": "replace", "path": "/attributes/purchasable_offer", "value": offer(7)}


@pytest.mark.parametrize("sku", SKUS)
def test_the_most_used_sdk_puts_patches_reads_and_deletes_it(
    guide: Guide, own_application: None, seller_id: str, sku: str
) -> None:
    from sp_api.api import ListingsItems  # noqa: PLC0415 - as in its guide

    connection = guide("python-amazon-sp-api", "Connect")["connection"]
    mine = (seller_id, sku)
    here = {"marketplaceIds": [os.environ["SP_API_MARKETPLACE_ID"]]}
    said = {"productType": "MUG", "attributes": _numbers(mug(fulfillment_availability=stock(3)))}

    with ListingsItems(**connection) as listings:
        put = listings.put_listings_item(*mine, **here, body=said).payload
        patched = listings.patch_listings_item(*mine, **here, body={"productType": "MUG", "patches": [PATCH]}).payload
        read = listings.get_listings_item(*mine, **here, includedData=["attributes"]).payload
        gone = listings.delete_listings_item(*mine, **here).payload

    assert [one["status"] for one in (put, patched, gone)] == ["ACCEPTED"] * 3
    assert {one["sku"] for one in (put, patched, read, gone)} == {sku}
    assert read["attributes"]["purchasable_offer"] == PATCH["value"]


@pytest.mark.parametrize("sku", SKUS)
def test_amazons_own_sdk_puts_patches_reads_and_deletes_it(
    guide: Guide, own_application: None, seller_id: str, sku: str
) -> None:
    client = guide("amzn-sp-api", "Connect")["client"]
    from spapi import ListingsApi  # noqa: PLC0415 - importing it sets up the root logger

    listings = ListingsApi(client)
    mine = (seller_id, sku)
    here = [os.environ["SP_API_MARKETPLACE_ID"]]
    said = {"productType": "MUG", "attributes": _numbers(mug(fulfillment_availability=stock(3)))}

    put = listings.put_listings_item(*mine, here, said)
    patched = listings.patch_listings_item(*mine, here, {"productType": "MUG", "patches": [PATCH]})
    read = listings.get_listings_item(*mine, here, included_data=["attributes"])
    gone = listings.delete_listings_item(*mine, here)

    assert [one.status for one in (put, patched, gone)] == ["ACCEPTED"] * 3
    assert {one.sku for one in (put, patched, read, gone)} == {sku}
    assert read.attributes["purchasable_offer"] == PATCH["value"]


def _numbers(said: Any) -> Any:  # noqa: ANN401 - what JSON can say
    """As an SDK's own encoder takes it: without `Decimal`."""
    if isinstance(said, dict):
        return {name: _numbers(value) for name, value in said.items()}
    if isinstance(said, list):
        return [_numbers(value) for value in said]
    return said if isinstance(said, (str, bool, int)) or said is None else float(said)
