"""Units from a seller's shelf to a buyer of another shop, told with whatever SDK.

A shipment is planned, packed, placed, given a carrier and labeled; it is fetched and received, and out of it Amazon
ships an order of another shop, which is tracked until it has arrived.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from pathlib import Path
from typing import Any

from story import US

WAREHOUSE = {
    "name": "Harbor Goods",
    "addressLine1": "300 Turnbull Ave",
    "city": "Detroit",
    "stateOrProvinceCode": "MI",
    "postalCode": "48123",
    "countryCode": "US",
    "phoneNumber": "+1 313 555 0100",
}
BUYER = {
    "name": "Ann Lee",
    "addressLine1": "12 Elm St",
    "city": "Portland",
    "stateOrRegion": "OR",
    "postalCode": "97201",
    "countryCode": "US",
}
NUMBER = "SHOP-1"
_BOX = {
    "quantity": 4,
    "contentInformationSource": "BOX_CONTENT_PROVIDED",
    "weight": {"unit": "LB", "value": 20},
    "dimensions": {"unitOfMeasurement": "IN", "length": 16, "width": 12, "height": 10},
}
_PATIENCE = 60


class Shipper:
    """A seller with an SDK: what it says, in Amazon's words."""

    def __init__(self, sdk: Any, sku: str, now: str) -> None:  # noqa: ANN401 - what each program makes of its SDK
        self._sdk, self._now = sdk, now
        self._books = {"msku": sku, "labelOwner": "SELLER", "prepOwner": "NONE"}
        self._sku = sku
        self.said: dict[str, Any] = {"operations": []}

    def sends_in(self) -> None:
        """From a plan to labels."""
        sdk = self._sdk
        planned = sdk.inbound(
            "createInboundPlan",
            body={
                "destinationMarketplaces": [US],
                "sourceAddress": WAREHOUSE,
                "items": [self._books | {"quantity": 40}],
            },
        )
        self._plan = {"inboundPlanId": planned["inboundPlanId"]}
        self._done(planned)
        self._do("generatePackingOptions")
        packing = sdk.inbound("listPackingOptions", self._plan)["packingOptions"][0]
        self._do("confirmPackingOption", {"packingOptionId": packing["packingOptionId"]})
        boxes = [_BOX | {"items": [self._books | {"quantity": 10}]}]
        (group,) = packing["packingGroups"]
        self._do("setPackingInformation", packageGroupings=[{"packingGroupId": group, "boxes": boxes}])
        self._do("generatePlacementOptions")
        placement = sdk.inbound("listPlacementOptions", self._plan)["placementOptions"][0]
        self._do("confirmPlacementOption", {"placementOptionId": placement["placementOptionId"]})
        (shipment,) = placement["shipmentIds"]
        self._shipment = self._plan | {"shipmentId": shipment}
        wish = {"shipmentId": shipment, "readyToShipWindow": {"start": self._now}}
        self._do(
            "generateTransportationOptions",
            placementOptionId=placement["placementOptionId"],
            shipmentTransportationConfigurations=[wish],
        )
        offered = sdk.inbound("listTransportationOptions", self._plan, query={"shipmentId": shipment})
        partner = next(
            one
            for one in offered["transportationOptions"]
            if one["shippingSolution"] == "AMAZON_PARTNERED_CARRIER" and one["shippingMode"] == "GROUND_SMALL_PARCEL"
        )
        chosen = {"shipmentId": shipment, "transportationOptionId": partner["transportationOptionId"]}
        self._do("confirmTransportationOptions", transportationSelections=[chosen])
        self._number = sdk.inbound("getShipment", self._shipment)["shipmentConfirmationId"]
        with urllib.request.urlopen(sdk.labels(self._number)) as labels:
            self.said["labels"] = labels.read(5).decode("latin-1")

    def sees_it_received(self) -> None:
        """The partner fetches it, and the center receives it."""
        seen: list[str] = []
        for _ in range(_PATIENCE):
            status = self._sdk.inbound("getShipment", self._shipment)["status"]
            if status not in seen:
                seen.append(status)
            if status == "CLOSED":
                break
            self._sdk.waits("P1D")
        received = self._sdk.received(self._number)
        self.said |= {"first": seen[0], "last": seen[-1], "steps": len(seen) > 2, "received": received}
        self.said["on the shelf"] = self._sdk.on_the_shelf(self._sku) == received

    def ships_out(self) -> None:
        """Amazon ships an order of another shop out of it."""
        self._sdk.create_order(
            {
                "sellerFulfillmentOrderId": NUMBER,
                "displayableOrderId": NUMBER,
                "displayableOrderDate": self._now,
                "displayableOrderComment": "Thank you",
                "shippingSpeedCategory": "Standard",
                "destinationAddress": BUYER,
                "items": [{"sellerSku": self._sku, "sellerFulfillmentOrderItemId": "1", "quantity": 3}],
            }
        )
        before = self._sdk.order(NUMBER)["fulfillmentOrder"]["fulfillmentOrderStatus"]
        for _ in range(_PATIENCE):
            self._sdk.waits("PT6H")
            order = self._sdk.order(NUMBER)
            if order["fulfillmentOrder"]["fulfillmentOrderStatus"] == "Complete":
                break
        (shipment,) = order["fulfillmentShipments"]
        (package,) = shipment["fulfillmentShipmentPackage"]
        for _ in range(_PATIENCE):
            tracked = self._sdk.tracking(package["packageNumber"])
            if tracked["currentStatus"] == "DELIVERED":
                break
            self._sdk.waits("P1D")
        self.said["order"] = [before, order["fulfillmentOrder"]["fulfillmentOrderStatus"]]
        self.said["tracked"] = [tracked["trackingNumber"] == package["trackingNumber"], tracked["currentStatus"]]
        self.said["left"] = self._sdk.on_the_shelf(self._sku) - self.said["received"]

    def _do(self, name: str, more: dict[str, str] | None = None, **body: Any) -> None:  # noqa: ANN401 - Amazon's words
        """Have something done, and wait until it is."""
        self._done(self._sdk.inbound(name, self._plan | (more or {}), body=body))

    def _done(self, begun: dict[str, str]) -> None:
        self._sdk.waits("PT20S")
        found = self._sdk.inbound("getInboundOperationStatus", {"operationId": begun["operationId"]})
        self.said["operations"].append([found["operation"], found["operationStatus"]])


def send(sdk: Any) -> None:  # noqa: ANN401
    """Go through it, and print what was seen. The file that is named holds the SKU and the market's time."""
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    shipper = Shipper(sdk, given["sent"], given["now"])
    shipper.sends_in()
    shipper.sees_it_received()
    shipper.ships_out()
    sys.stdout.write(json.dumps(shipper.said))
