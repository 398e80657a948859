"""A seller who sends units to Amazon: what one says to Fulfillment Inbound, in few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.operation import Request
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Attributes
from sellingpartner.market.catalog.commands import create_item
from sellingpartner.market.catalog.model import NewCatalogItem
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.testing import Caller, TestMarket

DOCUMENT = "fulfillmentInbound_2024-03-20.json"
BASE = "/inbound/fba/2024-03-20"
US = "ATVPDKIKX0DER"
WAREHOUSE: dict[str, Any] = {
    "name": "Harbor Goods",
    "addressLine1": "300 Turnbull Ave",
    "city": "Detroit",
    "stateOrProvinceCode": "MI",
    "postalCode": "48123",
    "countryCode": "US",
    "phoneNumber": "+1 313 555 0100",
}
_BRAND = "Harbor"


def package(*, inches: tuple[float, float, float] = (6, 5, 4), pounds: float = 1) -> Attributes:
    """What a product's package measures and weighs."""
    sides = dict(zip(("length", "width", "height"), inches, strict=True))
    return {
        "item_package_dimensions": [{name: {"value": side, "unit": "inches"} for name, side in sides.items()}],
        "item_package_weight": [{"value": pounds, "unit": "pounds"}],
    }


class Forwarder:
    """Harbor Goods, or another seller, sending in."""

    def __init__(self, market: TestMarket, seller: Caller | None = None, marketplace_id: str = US) -> None:
        self.market = market
        self.seller = seller or market.seller
        self.marketplace_id = marketplace_id

    def sells(self, sku: str, product_type: str = "ABIS_BOOK", /, **more: Any) -> str:  # noqa: ANN401 - attributes
        """List a product that Amazon is to fulfill: a book, which needs no preparation, unless said. Returns its ASIN.

        `more` are attributes of the product, and `condition`, `is_regulated` or `channel` of the listing.
        """
        terms = {name: more.pop(name) for name in ("condition", "condition_subtype", "is_regulated") if name in more}
        channel, currency = more.pop("channel", FulfillmentChannel.AFN), more.pop("currency", "USD")
        said: Attributes = {"item_name": [{"value": sku}], "brand": [{"value": _BRAND}], **package(), **more}
        with self.market.market.write(self.seller.seller_id) as unit:
            new = NewCatalogItem(product_type=product_type, attributes=said, marketplaces=(self.marketplace_id,))
            asin = create_item(unit, new)
            listing = NewListing(
                sku=sku,
                marketplace_id=self.marketplace_id,
                asin=asin,
                price=Money(999, currency),
                fulfillment_channel=channel,
                **terms,
            )
            list_item(unit, listing)
        return asin

    def asks(self, request: Request[Any]) -> Any:  # noqa: ANN401 - the request's answer
        """Send something."""
        return self.seller.send(request)

    def done(self, operation_id: str) -> api.InboundOperationStatus:
        """Wait until an operation has ended."""
        asked = api.GetInboundOperationStatus(operation_id=operation_id)
        for _ in range(20):
            found = self.seller.send(asked)
            if found.operation_status != "IN_PROGRESS":
                return found
            self.market.advance(seconds=2)
        message = f"{found.operation} takes longer than 40 seconds."
        raise AssertionError(message)

    def does(self, request: Request[Any]) -> api.InboundOperationStatus:
        """Have something done, and wait until it is; it must go well."""
        found = self.done(self.seller.send(request).operation_id)
        assert (found.operation_status, [one.message for one in found.operation_problems]) == ("SUCCESS", [])
        return found

    def begins(self, *items: Mapping[str, Any], **more: Any) -> api.CreateInboundPlanResponse:  # noqa: ANN401 - fields
        """Ask for a plan."""
        return self.seller.send(planned(*items, **{"destinationMarketplaces": [self.marketplace_id]} | more))

    def plans(self, *items: Mapping[str, Any], **more: Any) -> str:  # noqa: ANN401 - fields of the request
        """Make a plan; returns its id."""
        begun = self.begins(*items, **more)
        found = self.done(begun.operation_id)
        assert (found.operation_status, found.operation_problems) == ("SUCCESS", [])
        return begun.inbound_plan_id

    def refuses(self, *items: Mapping[str, Any], **more: Any) -> str:  # noqa: ANN401 - fields of the request
        """In which words a plan is refused."""
        request = planned(*items, **{"destinationMarketplaces": [self.marketplace_id]} | more)
        return refused(self.seller, request)[1]

    def offers_packing(self, plan_id: str) -> api.PackingOption:
        """Have packing options worked out; returns the one that is offered."""
        self.does(api.GeneratePackingOptions(inbound_plan_id=plan_id))
        options = self.seller.send(api.ListPackingOptions(inbound_plan_id=plan_id, page_size=20)).packing_options
        (offered,) = [one for one in options if one.status == "OFFERED"]
        return offered

    def groups(self, plan_id: str) -> list[str]:
        """Have a packing option confirmed; returns its groups."""
        option = self.offers_packing(plan_id)
        self.does(api.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=option.packing_option_id))
        return option.packing_groups

    def options(self, plan_id: str) -> list[str]:
        """How a plan's packing options stand."""
        return [one.status for one in self.plan(plan_id).packing_options or []]

    def items_in(self, plan_id: str, group_id: str) -> dict[str, int]:
        """What is to be packed in a group: how many units of which SKU."""
        asked = api.ListPackingGroupItems(inbound_plan_id=plan_id, packing_group_id=group_id, page_size=100)
        return {one.msku: one.quantity for one in self.seller.send(asked).items}

    def plan(self, plan_id: str) -> api.InboundPlan:
        """Read a plan."""
        return self.seller.send(api.GetInboundPlan(inbound_plan_id=plan_id))


def units(msku: str, quantity: int = 1, /, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of an item
    """So many units of a SKU, which the seller labels and which need no preparation unless said."""
    return {"msku": msku, "quantity": quantity, "prepOwner": "NONE", "labelOwner": "SELLER"} | more


def planned(*items: Mapping[str, Any], **more: Any) -> api.CreateInboundPlan:  # noqa: ANN401 - fields of the request
    """A request for a plan, by names on the wire."""
    said = {"destinationMarketplaces": [US], "sourceAddress": WAREHOUSE, "items": list(items)} | more
    return msgspec.convert(said, api.CreateInboundPlan)


def refused(caller: Caller, request: Request[Any]) -> tuple[str, str]:
    """With which code and words something is refused."""
    with pytest.raises(SellingPartnerError) as refusal:
        caller.send(request)
    assert refusal.value.status == 400
    return refusal.value.code, refusal.value.message


def box(*items: Mapping[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a box
    """A box of a usual size with so many units in it."""
    return {
        "contentInformationSource": "BOX_CONTENT_PROVIDED",
        "dimensions": {"unitOfMeasurement": "IN", "length": 16, "width": 12, "height": 10},
        "weight": {"unit": "LB", "value": 20},
        "quantity": 1,
        "items": list(items),
    } | more


def packed(plan_id: str, *groupings: Mapping[str, Any]) -> api.SetPackingInformation:
    """A request that tells of boxes, by names on the wire."""
    said = {"inboundPlanId": plan_id, "packageGroupings": list(groupings)}
    return msgspec.convert(said, api.SetPackingInformation)
