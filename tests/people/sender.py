"""A seller whose plan is on its way: what one says of placement, transport and papers, in few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import msgspec
from forwarder import US, Forwarder, box, packed, units

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract import fulfillment_inbound_v0 as v0
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType
from sellingpartner.contract.operation import Request
from sellingpartner.testing import Caller, TestMarket

OWN = "USE_YOUR_OWN_CARRIER"
CONTACT = {"name": "Ada Harbor", "phoneNumber": "+1 313 555 0101", "email": "ada@harbor.example"}


def window(plan_id: str, shipment_id: str, chosen: api.DeliveryWindowOption) -> api.ConfirmDeliveryWindowOptions:
    """A request to choose a delivery window."""
    return api.ConfirmDeliveryWindowOptions(
        inbound_plan_id=plan_id, shipment_id=shipment_id, delivery_window_option_id=chosen.delivery_window_option_id
    )


def alike(count: int, /, **contents: int) -> dict[str, Any]:
    """So many boxes that hold, each, so many units of some SKUs."""
    return box(*(units(msku, quantity) for msku, quantity in contents.items()), quantity=count)


class Sender(Forwarder):
    """Harbor Goods, with a plan of one or more SKUs."""

    def __init__(self, market: TestMarket, seller: Caller | None = None, **more: Any) -> None:  # noqa: ANN401
        super().__init__(market, seller, **more)

    @property
    def now(self) -> datetime:
        """The market's time."""
        return self.market.market.clock.now()

    def packs(self, plan_id: str, *boxes: dict[str, Any]) -> None:
        """Pack a plan of which all items may share a box."""
        (group_id,) = self.groups(plan_id)
        self.does(packed(plan_id, {"packingGroupId": group_id, "boxes": list(boxes)}))

    def placements(self, plan_id: str) -> list[api.PlacementOption]:
        """Have the ways to split a plan worked out; those that are offered."""
        self.does(api.GeneratePlacementOptions(inbound_plan_id=plan_id))
        found = self.asks(api.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options
        return [one for one in found if one.status == "OFFERED"]

    def places(self, plan_id: str, *, shipments: int = 1) -> api.PlacementOption:
        """Choose the first way with so many shipments or more."""
        found = self.placements(plan_id)
        chosen = next(one for one in found if len(one.shipment_ids) >= shipments)
        self.does(api.ConfirmPlacementOption(inbound_plan_id=plan_id, placement_option_id=chosen.placement_option_id))
        return chosen

    def wish(self, plan_id: str, option: api.PlacementOption, **more: Any) -> api.GenerateTransportationOptions:  # noqa: ANN401 - fields
        """A request for transport of all shipments of a placement, ready tomorrow."""
        ready = {"start": (self.now + timedelta(days=1)).isoformat()}
        said = {
            "inboundPlanId": plan_id,
            "placementOptionId": option.placement_option_id,
            "shipmentTransportationConfigurations": [
                {"shipmentId": one, "readyToShipWindow": ready, "contactInformation": CONTACT} | more
                for one in option.shipment_ids
            ],
        }
        return msgspec.convert(said, api.GenerateTransportationOptions, strict=False)

    def transports(self, plan_id: str, option: api.PlacementOption, **more: Any) -> list[api.TransportationOption]:  # noqa: ANN401 - fields
        """Have it worked out who may carry the shipments of a placement."""
        self.does(self.wish(plan_id, option, **more))
        return self.offered(plan_id)

    def offered(self, plan_id: str) -> list[api.TransportationOption]:
        """Who may carry the shipments of a plan."""
        request = api.ListTransportationOptions(inbound_plan_id=plan_id, page_size=20)
        return [option for page in self.pages(request) for option in page.transportation_options]

    def confirmation(
        self, plan_id: str, chosen: Sequence[api.TransportationOption]
    ) -> api.ConfirmTransportationOptions:
        """A request to confirm what was chosen, one option for each shipment."""
        said = {
            "inboundPlanId": plan_id,
            "transportationSelections": [
                {"shipmentId": one.shipment_id, "transportationOptionId": one.transportation_option_id}
                for one in chosen
            ],
        }
        return msgspec.convert(said, api.ConfirmTransportationOptions)

    def takes_window(self, plan_id: str, shipment_id: str) -> api.DeliveryWindowOption:
        """Choose the first free window of a shipment."""
        self.does(api.GenerateDeliveryWindowOptions(inbound_plan_id=plan_id, shipment_id=shipment_id))
        listed = self.asks(api.ListDeliveryWindowOptions(inbound_plan_id=plan_id, shipment_id=shipment_id))
        found: list[api.DeliveryWindowOption] = listed.delivery_window_options
        chosen = next(one for one in found if one.availability_type == "AVAILABLE")
        self.does(window(plan_id, shipment_id, chosen))
        return chosen

    def shipment(self, plan_id: str, shipment_id: str) -> api.Shipment:
        """Read a shipment."""
        found: api.Shipment = self.asks(api.GetShipment(inbound_plan_id=plan_id, shipment_id=shipment_id))
        return found

    def waits_for(self, status: str, plan_id: str, shipment_id: str) -> api.Shipment:
        """Wait hour by hour until a shipment has a status."""
        for _ in range(60 * 24):
            found = self.shipment(plan_id, shipment_id)
            if found.status == status:
                return found
            self.market.advance(hours=1)
        message = f"After 60 days the shipment is {found.status}, and was not {status}."
        raise AssertionError(message)

    def boxes(self, plan_id: str, shipment_id: str) -> list[api.Box]:
        """The boxes of a shipment."""
        request = api.ListShipmentBoxes(inbound_plan_id=plan_id, shipment_id=shipment_id, page_size=1000)
        return [box for page in self.pages(request) for box in page.boxes]

    def pages(self, request: Request[Any]) -> Iterator[Any]:
        """Every page of a list."""
        while True:
            page = self.asks(request)
            yield page
            if page.pagination.next_token is None:
                return
            request = msgspec.structs.replace(request, pagination_token=page.pagination.next_token)

    def labels(self, shipment_id: str, kind: str = "BARCODE_2D", **more: Any) -> bytes:  # noqa: ANN401 - fields
        """Labels of a shipment by its confirmed id, one on a page."""
        page = v0.PageType(more.pop("page_type", "PackageLabel_Plain_Paper"))
        request = v0.GetLabels(shipment_id=shipment_id, page_type=page, label_type=v0.LabelType(kind), **more)
        return self.downloads(str(self.asks(request).payload.download_url))

    def shown(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """An answer as it goes over the wire."""
        reply = self.seller.call("GET", path)
        assert reply.status == 200, reply.body
        return reply.json()

    def downloads(self, link: str) -> bytes:
        """What a link leads to."""
        reply = self.market.anybody().call("GET", "/" + link.split("/", 3)[3])
        assert reply.status == 200, reply.body
        body: bytes = reply.body
        return body


class Ready(Sender):
    """Harbor Goods with shipments that are ready to ship, of boxes with ten units each."""

    def __init__(
        self,
        market: TestMarket,
        *,
        carrier: str = "",
        shipments: int = 1,
        mode: str = "",
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        super().__init__(market)
        self.sells("ATLAS")
        self.sells("GUIDE")
        self.plan_id = self.plans(units("ATLAS", 40), units("GUIDE", 10))
        self.packs(self.plan_id, alike(4, ATLAS=10), alike(1, GUIDE=10))
        option = self.places(self.plan_id, shipments=shipments)
        self.shipment_ids = option.shipment_ids
        self.shipment_id = option.shipment_ids[0]
        found = self.transports(self.plan_id, option, **more)
        if carrier:
            for shipment_id in self.shipment_ids:
                self.takes_window(self.plan_id, shipment_id)
        chosen = [
            next(
                one
                for one in found
                if one.shipment_id == shipment_id
                and (one.shipping_solution == OWN) == bool(carrier)
                and carrier in (one.carrier.name or "")
                and mode in one.shipping_mode
            )
            for shipment_id in self.shipment_ids
        ]
        self.does(self.confirmation(self.plan_id, chosen))

    def stock(self) -> dict[str, tuple[int, int]]:
        """How many units of each SKU are announced, and on their way."""
        asked = GetInventorySummaries(
            granularity_type=GranularityType.MARKETPLACE, granularity_id=US, marketplace_ids=[US], details=True
        )
        found = self.asks(asked).payload.inventory_summaries
        return {
            one.seller_sku: (
                one.inventory_details.inbound_working_quantity,
                one.inventory_details.inbound_shipped_quantity,
            )
            for one in found
            if one.seller_sku in {"ATLAS", "GUIDE"}
        }

    def told(self, shipment_id: str | None = None, **details: Any) -> api.UpdateShipmentTrackingDetails:  # noqa: ANN401 - fields
        """A request that tells tracking numbers."""
        said = {
            "inboundPlanId": self.plan_id,
            "shipmentId": shipment_id or self.shipment_id,
            "trackingDetails": details,
        }
        return msgspec.convert(said, api.UpdateShipmentTrackingDetails)

    def numbers(self, *numbers: str, shipment_id: str | None = None) -> api.UpdateShipmentTrackingDetails:
        """A request that tells the numbers of the first boxes."""
        boxes = self.boxes(self.plan_id, shipment_id or self.shipment_id)
        items = [{"boxId": one.box_id, "trackingId": number} for one, number in zip(boxes, numbers, strict=False)]
        return self.told(shipment_id, spdTrackingDetail={"spdTrackingItems": items})
