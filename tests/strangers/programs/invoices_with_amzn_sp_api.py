"""Invoices with amzn-sp-api, Amazon's own SDK for Python."""

from __future__ import annotations

import os
from typing import Any

from invoicing import BR, DETAILS, invoice
from spapi import (
    ApiClient,
    Configuration,
    InvoicesApi,
    ShipmentInvoiceApi,
    SPAPIClient,
    SPAPIConfig,
    TokensApi,
)

Configuration.set_default(Configuration())


class Restricted:
    """A restricted data token in the place of an access token."""

    def __init__(self, answer: Any) -> None:  # noqa: ANN401 - the SDK's
        self.token = str(answer.restricted_data_token)

    def get_lwa_access_token(self) -> str:
        return self.token


class Sdk:
    """The story's steps."""

    def __init__(self) -> None:
        ready = SPAPIConfig(
            client_id=os.environ["LWA_APP_ID"],
            client_secret=os.environ["LWA_CLIENT_SECRET"],
            refresh_token=os.environ["SP_API_REFRESH_TOKEN"],
            region="NA",
        )
        self.client = SPAPIClient(ready).api_client
        self.shipments = ShipmentInvoiceApi(self.client)

    def status(self, shipment_id: str) -> str:
        return str(self.shipments.get_invoice_status(shipment_id).payload.shipments.invoice_status)

    def order_of(self, shipment_id: str) -> str:
        resource = {"method": "GET", "path": DETAILS.replace("{shipmentId}", shipment_id)}
        token = TokensApi(self.client).create_restricted_data_token({"restrictedResources": [resource]})
        configuration = Configuration()
        configuration.host, configuration.access_token_cache = self.client.configuration.host, Restricted(token)
        restricted = ShipmentInvoiceApi(ApiClient(configuration))
        return str(restricted.get_shipment_details(shipment_id).payload.amazon_order_id)

    def submit(self, shipment_id: str, content: str, md5: str) -> None:
        body = {"InvoiceContent": content, "ContentMD5Value": md5, "MarketplaceId": BR}
        self.shipments.submit_invoice(shipment_id, body)

    def listed(self) -> list[str]:
        return [str(one.status) for one in InvoicesApi(self.client).get_invoices(BR).invoices]


invoice(Sdk())
