"""Three SDKs, each from the definition of a product type to a sale and to the end of the listing."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Protocol

import httpx2
import msgspec
import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.attributes import encode
from sellingpartner.market.product_types.questions import example_of
from sellingpartner.server.process.credentials import TOKEN_PATH

US = "ATVPDKIKX0DER"
NOTHING: tuple[str, list[str]] = ("", [])
"""What is shown before a listing has been processed."""

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


Send = Callable[[Any], Any]


class Stranger(Protocol):
    """What one SDK does, as dictionaries with Amazon's names."""

    def definition(self) -> str:
        """The address of the schema of mugs."""

    def put(self, sku: str, body: dict[str, Any], mode: str | None = None) -> str:
        """The status of what was put."""

    def patch(self, sku: str, body: dict[str, Any]) -> str:
        """The status of what was patched."""

    def shown(self, sku: str) -> tuple[str, list[str]]:
        """The ASIN (empty if there is none) and the status of a listing."""

    def prices(self, asin: str) -> list[float]:
        """What an item is offered for."""

    def fees(self, sku: str, body: dict[str, Any]) -> tuple[str, float]:
        """The status and the amount of an estimate."""

    def delete(self, sku: str) -> str:
        """The status of a deletion."""


class PythonAmazonSpApi:
    """python-amazon-sp-api."""

    def __init__(self, seller_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
        url = os.environ["SP_API_BASE_URL"]
        marketplace, apis = import_module("sp_api.base").Marketplaces.US, import_module("sp_api.api")
        tokens = import_module("sp_api.auth.access_token_client")
        monkeypatch.setattr(marketplace, "endpoint", url)
        monkeypatch.setattr(tokens.AccessTokenClient, "scheme", "http://")
        monkeypatch.setattr(tokens.AccessTokenClient, "host", url.removeprefix("http://"))
        tokens.cache.clear()
        said = {
            "lwa_app_id": os.environ["SP_API_CLIENT_ID"],
            "lwa_client_secret": os.environ["SP_API_CLIENT_SECRET"],
            "refresh_token": os.environ["SP_API_REFRESH_TOKEN"],
        }
        to = {"credentials": said, "marketplace": marketplace}
        self.seller_id = seller_id
        self.definitions, self.listings = apis.ProductTypeDefinitions(**to), apis.ListingsItemsV20210801(**to)
        self.pricing, self.fee = apis.ProductsV0(**to), apis.ProductFees(**to)

    def definition(self) -> str:
        answer = self.definitions.get_definitions_product_type("MUG", marketplaceIds=[US])
        return str(answer.payload["schema"]["link"]["resource"])

    def put(self, sku: str, body: dict[str, Any], mode: str | None = None) -> str:
        more = {} if mode is None else {"mode": mode}
        answer = self.listings.put_listings_item(self.seller_id, sku, body=body, marketplaceIds=[US], **more)
        return str(answer.payload["status"])

    def patch(self, sku: str, body: dict[str, Any]) -> str:
        answer = self.listings.patch_listings_item(self.seller_id, sku, body=body, marketplaceIds=[US])
        return str(answer.payload["status"])

    def shown(self, sku: str) -> tuple[str, list[str]]:
        found = self.listings.get_listings_item(self.seller_id, sku, marketplaceIds=[US]).payload["summaries"]
        return (found[0].get("asin", ""), found[0]["status"]) if found else NOTHING

    def prices(self, asin: str) -> list[float]:
        offers = self.pricing.get_item_offers(asin, "New", MarketplaceId=US).payload["Offers"]
        return [offer["ListingPrice"]["Amount"] for offer in offers]

    def fees(self, sku: str, body: dict[str, Any]) -> tuple[str, float]:
        price = body["FeesEstimateRequest"]["PriceToEstimateFees"]["ListingPrice"]["Amount"]
        answer = self.fee.get_product_fees_estimate_for_sku(sku, price, currency="USD", force_safe_sku=False)
        result = answer.payload["FeesEstimateResult"]
        return result["Status"], result["FeesEstimate"]["TotalFeesEstimate"]["Amount"]

    def delete(self, sku: str) -> str:
        answer = self.listings.delete_listings_item(self.seller_id, sku, marketplaceIds=[US])
        return str(answer.payload["status"])


class AmznSpApi:
    """amzn-sp-api."""

    def __init__(self, seller_id: str, _monkeypatch: pytest.MonkeyPatch) -> None:
        sdk = import_module("spapi")
        sdk.Configuration.set_default(sdk.Configuration())
        config = sdk.SPAPIConfig(
            client_id=os.environ["SP_API_CLIENT_ID"],
            client_secret=os.environ["SP_API_CLIENT_SECRET"],
            refresh_token=os.environ["SP_API_REFRESH_TOKEN"],
        )
        url = os.environ["SP_API_BASE_URL"]
        client = sdk.SPAPIClient(config, endpoint=url, oauth_endpoint=os.environ["SP_API_OAUTH_URL"]).api_client
        self.seller_id = seller_id
        self.definitions, self.listings = sdk.DefinitionsApi(client), sdk.ListingsApi(client)
        self.pricing, self.fee = sdk.ProductPricingApi(client), sdk.FeesApi(client)

    def definition(self) -> str:
        return str(self.definitions.get_definitions_product_type("MUG", [US]).var_schema.link.resource)

    def put(self, sku: str, body: dict[str, Any], mode: str | None = None) -> str:
        more = {} if mode is None else {"mode": mode}
        return str(self.listings.put_listings_item(self.seller_id, sku, [US], body, **more).status)

    def patch(self, sku: str, body: dict[str, Any]) -> str:
        return str(self.listings.patch_listings_item(self.seller_id, sku, [US], body).status)

    def shown(self, sku: str) -> tuple[str, list[str]]:
        found = self.listings.get_listings_item(self.seller_id, sku, [US]).summaries
        return (found[0].asin or "", found[0].status) if found else NOTHING

    def prices(self, asin: str) -> list[float]:
        offers = self.pricing.get_item_offers(US, "New", asin).payload.offers
        return [offer.listing_price.amount for offer in offers]

    def fees(self, sku: str, body: dict[str, Any]) -> tuple[str, float]:
        result = self.fee.get_my_fees_estimate_for_sku(sku, body).payload.fees_estimate_result
        return result.status, result.fees_estimate.total_fees_estimate.amount

    def delete(self, sku: str) -> str:
        return str(self.listings.delete_listings_item(self.seller_id, sku, [US]).status)


class AmznSellingPartner:
    """amzn-selling-partner."""

    def __init__(self, seller_id: str, _monkeypatch: pytest.MonkeyPatch) -> None:
        url = os.environ["SP_API_BASE_URL"]

        class Elsewhere:
            def base_url(self, *, sandbox: bool = False) -> str:
                del sandbox
                return url

        client = import_module("amzn_selling_partner").SellingPartner(
            region=Elsewhere(),
            token_url=url + TOKEN_PATH,
            client_id=os.environ["SP_API_CLIENT_ID"],
            client_secret=os.environ["SP_API_CLIENT_SECRET"],
            refresh_token=os.environ["SP_API_REFRESH_TOKEN"],
        )
        self.seller_id, self.client = seller_id, client
        self.listings = client.listings_items_v2021_08_01

    def definition(self) -> str:
        answer = self.client.definitions_product_types_v2020_09_01.get_product_type("MUG", [US])
        return str(answer.schema_.link.resource if hasattr(answer, "schema_") else answer.schema.link.resource)

    def put(self, sku: str, body: dict[str, Any], mode: str | None = None) -> str:
        return _word(self.listings.put_listings_item(self.seller_id, sku, body, [US], mode=mode).status)

    def patch(self, sku: str, body: dict[str, Any]) -> str:
        return _word(self.listings.patch_listings_item(self.seller_id, sku, body, [US]).status)

    def shown(self, sku: str) -> tuple[str, list[str]]:
        found = self.listings.get_listings_item(self.seller_id, sku, [US]).summaries
        return (found[0].asin or "", [_word(one) for one in found[0].status]) if found else NOTHING

    def prices(self, asin: str) -> list[float]:
        offers = self.client.product_pricing_v0.list_item_offers(asin, US, "New").payload.offers
        return [float(offer.listing_price.amount) for offer in offers]

    def fees(self, sku: str, body: dict[str, Any]) -> tuple[str, float]:
        answer = self.client.product_fees_v0.create_listing_fees_estimate(sku, body).payload
        result = answer.fees_estimate_result
        return result.status, float(result.fees_estimate.total_fees_estimate.amount)

    def delete(self, sku: str) -> str:
        return _word(self.listings.delete_item(self.seller_id, sku, [US]).status)


def _word(value: Any) -> str:  # noqa: ANN401 - a text, or a member of an enumeration
    return str(getattr(value, "value", value))


@pytest.fixture(autouse=True)
def _sockets_left_open() -> Iterator[None]:
    """Connections that an SDK never closes end here without a warning."""
    yield
    gc.collect()


@pytest.mark.parametrize("sku", ["MUG-{}", "Mug/ü+:#? 100% {}"])
@pytest.mark.parametrize("sdk", [PythonAmazonSpApi, AmznSpApi, AmznSellingPartner])
def test_a_mug_is_defined_tried_put_sold_repriced_and_deleted(
    sdk: type[PythonAmazonSpApi | AmznSpApi | AmznSellingPartner],
    sku: str,
    send: Send,
    own_application: None,
    advance: Callable[[str], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seller_id = send(v1.ListSellers()).sellers[0].seller_id
    sku = sku.format(sdk.__name__[:9])
    stranger: Stranger = sdk(seller_id, monkeypatch)
    schema = httpx2.get(stranger.definition()).json()
    example = example_of("MUG", US, item_name=f"Walnut Mug of {sdk.__name__}")
    attributes = msgspec.json.decode(encode(example))
    body = {"productType": "MUG", "requirements": "LISTING", "attributes": attributes}

    assert set(schema["required"]) <= attributes.keys()
    assert stranger.put(sku, body | {"attributes": {}}, "VALIDATION_PREVIEW") == "INVALID"
    assert stranger.put(sku, body, "VALIDATION_PREVIEW") == "VALID"
    assert stranger.put(sku, body) == "ACCEPTED"
    for _ in range(4):
        asin, status = stranger.shown(sku)
        if "BUYABLE" in status:
            break
        advance("PT10S")
    assert sorted(status) == ["BUYABLE", "DISCOVERABLE"]

    order = send(v1.PlaceOrder(lines=[v1.OrderLine(sku=sku)]))
    offer = {"marketplace_id": US, "currency": "USD", "our_price": [{"schedule": [{"value_with_tax": 23.5}]}]}
    patches = [{"op": "replace", "path": "/attributes/purchasable_offer", "value": [offer]}]
    assert stranger.patch(sku, {"productType": "MUG", "patches": patches}) == "ACCEPTED"

    assert [line.sku for line in order.lines] == [sku]
    assert stranger.prices(asin) == [23.5]
    price = {"ListingPrice": {"CurrencyCode": "USD", "Amount": 23.5}}
    asked = {"MarketplaceId": US, "IsAmazonFulfilled": False, "Identifier": "one", "PriceToEstimateFees": price}
    outcome, fee = stranger.fees(sku, {"FeesEstimateRequest": asked})
    assert (outcome, fee > 1) == ("Success", True)
    assert stranger.delete(sku) == "ACCEPTED"
    with pytest.raises(Exception, match=r"404|not found|NOT_FOUND|NotFound"):
        stranger.shown(sku)


@pytest.mark.parametrize("sdk", ["amzn-sp-api", "python-amazon-sp-api"])
def test_the_guide_lists_a_product_and_sees_it_sold(
    sdk: str, guide: Callable[..., dict[str, Any]], send: Send, own_application: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SP_API_SELLER_ID", send(v1.ListSellers()).sellers[0].seller_id)

    names = guide(sdk, "Connect", "List a product, and see it sold")

    told = [one["status"] if isinstance(one, dict) else one.status for one in (names["tried"], names["put"])]
    assert told == ["VALID", "ACCEPTED"]
    assert len(names["offers"]) == 1
