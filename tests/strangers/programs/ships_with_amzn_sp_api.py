"""Shipping v2 with amzn-sp-api, Amazon's own SDK for Python."""

from __future__ import annotations

import os
from typing import Any

from spapi import ApiException, Configuration, ShippingApi, SPAPIClient, SPAPIConfig

from shipping import BUSINESS, ship

Configuration.set_default(Configuration())
HERE = {"x_amzn_shipping_business_id": BUSINESS}
Json = dict[str, Any]


class Sdk:
    """The story's steps."""

    def __init__(self) -> None:
        ready = SPAPIConfig(
            client_id=os.environ["LWA_APP_ID"],
            client_secret=os.environ["LWA_CLIENT_SECRET"],
            refresh_token=os.environ["SP_API_REFRESH_TOKEN"],
            region="NA",
        )
        self.shipping = ShippingApi(SPAPIClient(ready).api_client)

    def rates(self, said: Json, service_id: str) -> tuple[str, str, list[str]]:
        found = self.shipping.get_rates(said, **HERE).payload
        rate = next(one for one in found.rates if one.service_id == service_id)
        return found.request_token, rate.rate_id, [one.service_id for one in found.rates]

    def purchase(self, said: Json) -> tuple[str, str, str]:
        bought = self.shipping.purchase_shipment(said, **HERE).payload
        papers = bought.package_document_details[0]
        return bought.shipment_id, papers.tracking_id, papers.package_documents[0].contents

    def refusal_of(self, said: Json) -> int:
        try:
            self.shipping.purchase_shipment(said, **HERE)
        except ApiException as refused:
            return int(refused.status)
        return 0

    def label_of(self, shipment_id: str, reference: str) -> str:
        found = self.shipping.get_shipment_documents(shipment_id, reference, **HERE).payload
        return str(found.package_document_detail.package_documents[0].contents)

    def followed(self, tracking_id: str, carrier_id: str) -> str:
        return str(self.shipping.get_tracking(tracking_id, carrier_id, **HERE).payload.summary.status)

    def one_click(self, said: Json) -> tuple[str, str]:
        bought = self.shipping.one_click_shipment(said, **HERE).payload
        return bought.shipment_id, bought.service.id

    def cancel(self, shipment_id: str) -> None:
        self.shipping.cancel_shipment(shipment_id, **HERE)


ship(Sdk())
