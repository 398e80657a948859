"""Shipping v2 with python-amazon-sp-api, as its README has it: credentials from the environment, and no address."""

from __future__ import annotations

from typing import Any

from sp_api.api import ShippingV2
from sp_api.base import SellingApiException

from shipping import ship

Json = dict[str, Any]


class Sdk:
    """The story's steps."""

    def rates(self, said: Json, service_id: str) -> tuple[str, str, list[str]]:
        found: Json = ShippingV2().get_rates(**said).payload
        rate = next(one for one in found["rates"] if one["serviceId"] == service_id)
        return found["requestToken"], rate["rateId"], [one["serviceId"] for one in found["rates"]]

    def purchase(self, said: Json) -> tuple[str, str, str]:
        bought: Json = ShippingV2().purchase_shipment(**said).payload
        papers = bought["packageDocumentDetails"][0]
        return bought["shipmentId"], papers["trackingId"], papers["packageDocuments"][0]["contents"]

    def refusal_of(self, said: Json) -> int:
        try:
            ShippingV2().purchase_shipment(**said)
        except SellingApiException as refused:
            return int(refused.code)
        return 0

    def label_of(self, shipment_id: str, reference: str) -> str:
        found: Json = ShippingV2().get_shipment_documents(shipment_id, packageClientReferenceId=reference).payload
        return str(found["packageDocumentDetail"]["packageDocuments"][0]["contents"])

    def followed(self, tracking_id: str, carrier_id: str) -> str:
        found: Json = ShippingV2().get_tracking(trackingId=tracking_id, carrierId=carrier_id).payload
        return str(found["summary"]["status"])

    def one_click(self, said: Json) -> tuple[str, str]:
        bought: Json = ShippingV2().one_click_shipment(**said).payload
        return bought["shipmentId"], bought["service"]["id"]

    def cancel(self, shipment_id: str) -> None:
        ShippingV2().cancel_shipment(shipment_id)


ship(Sdk())
