"""A seller who lists: what stories of listings share."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sellingpartner.contract import listings_items_2021_08_01 as api
from sellingpartner.market.attributes import Attributes
from sellingpartner.market.product_types.questions import Requirements, example_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.caller import Caller

US, CA, DE = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1PA6795UKMFR9"
PATH = "/listings/2021-08-01/items"
EVERYTHING = list(api.GetListingsItemIncludedData)


def mug(marketplace_id: str = US, **changed: Any) -> Attributes:  # noqa: ANN401 - values of attributes
    """A mug that may do without an identifier."""
    attributes = example_of("MUG", marketplace_id, Requirements.LISTING)
    attributes.pop("externally_assigned_product_identifier", None)
    for name, said in changed.items():
        if said is None:
            attributes.pop(name, None)
        else:
            attributes[name] = said
    return attributes


def offer(price: Any = 19.99, *, currency: str = "USD", **more: Any) -> list[Any]:  # noqa: ANN401 - what JSON can say
    """An entry of `purchasable_offer`."""
    return [{"currency": currency, "our_price": [{"schedule": [{"value_with_tax": price}]}], **more}]


def stock(quantity: int, **more: Any) -> list[Any]:  # noqa: ANN401 - what JSON can say
    """Units that the seller ships itself."""
    return [{"fulfillment_channel_code": "DEFAULT", "quantity": quantity, **more}]


class Shop:
    """A market with a seller who speaks of listings in few words."""

    def __init__(self, market: TestMarket, seller: Caller | None = None) -> None:
        self.market = market
        self.seller = seller or market.seller

    def put(self, sku: str, attributes: Attributes | None = None, **more: Any) -> api.ListingsItemSubmissionResponse:  # noqa: ANN401 - fields of the request
        """Put a mug."""
        here = more.setdefault("marketplace_ids", [US])
        said: dict[str, Any] = {
            "seller_id": self.seller.seller_id,
            "product_type": "MUG",
            "attributes": mug(here[0]) if attributes is None else attributes,
        }
        return self.seller.send(api.PutListingsItem(sku=sku, **(said | more)))

    def patch(self, sku: str, *patches: Any, **more: Any) -> api.ListingsItemSubmissionResponse:  # noqa: ANN401 - (op, attribute, value)
        """Patch with `(op, attribute, value)`."""
        said: dict[str, Any] = {
            "seller_id": self.seller.seller_id,
            "marketplace_ids": [US],
            "product_type": "MUG",
            "patches": [
                api.PatchOperation(op=api.Op(op), path=f"/attributes/{name}", value=value)
                for op, name, value in patches
            ],
        }
        return self.seller.send(api.PatchListingsItem(sku=sku, **(said | more)))

    def delete(self, sku: str, here: str = US) -> api.ListingsItemSubmissionResponse:
        """Delete a listing."""
        return self.seller.send(
            api.DeleteListingsItem(seller_id=self.seller.seller_id, sku=sku, marketplace_ids=[here])
        )

    def get(self, sku: str, here: str = US, **more: Any) -> api.Item:  # noqa: ANN401 - fields of the request
        """Read all there is of a listing."""
        said: dict[str, Any] = {"included_data": EVERYTHING, "marketplace_ids": [here]}
        return self.seller.send(api.GetListingsItem(seller_id=self.seller.seller_id, sku=sku, **(said | more)))

    def listed(self, sku: str, attributes: Attributes | None = None, **more: Any) -> str:  # noqa: ANN401 - fields of the request
        """Put a mug and wait until it was processed; returns its ASIN."""
        assert self.put(sku, attributes, **more).status == "ACCEPTED"
        self.market.advance(seconds=31)
        (summary,) = self.get(sku, more.get("marketplace_ids", [US])[0]).summaries or []
        assert summary.asin is not None
        return summary.asin

    def status(self, sku: str, here: str = US) -> list[str]:
        """What buyers can do with a listing."""
        summaries = self.get(sku, here).summaries or []
        return [status.value for summary in summaries for status in summary.status]

    def issues(self, sku: str, here: str = US) -> list[str]:
        """The codes of a listing's issues."""
        return [issue.code for issue in self.get(sku, here).issues or []]

    def path(self, sku: str, query: str = f"marketplaceIds={US}") -> str:
        """Where a listing is read."""
        return f"{PATH}/{self.seller.seller_id}/{quote(sku, safe='')}?{query}"
