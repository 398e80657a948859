"""Invoices with python-amazon-sp-api, as its README has it: credentials from the environment, and no address."""

from __future__ import annotations

from typing import Any

from invoicing import BR, DETAILS, invoice
from sp_api.api import Invoices, ShipmentInvoicing, Tokens


class Sdk:
    """The story's steps."""

    def status(self, shipment_id: str) -> str:
        found: dict[str, Any] = ShipmentInvoicing().get_invoice_status(shipment_id).payload
        return str(found["Shipments"]["InvoiceStatus"])

    def order_of(self, shipment_id: str) -> str:
        resource = {"method": "GET", "path": DETAILS.replace("{shipmentId}", shipment_id)}
        answer = Tokens().create_restricted_data_token(restrictedResources=[resource]).payload
        restricted = ShipmentInvoicing(restricted_data_token=answer["restrictedDataToken"])
        return str(restricted.get_shipment_details(shipment_id).payload["AmazonOrderId"])

    def submit(self, shipment_id: str, content: str, md5: str) -> None:
        ShipmentInvoicing().submit_invoice(shipment_id, InvoiceContent=content, ContentMD5Value=md5, MarketplaceId=BR)

    def listed(self) -> list[str]:
        found = Invoices().get_invoices(marketplaceId=BR).payload
        return [str(one["status"]) for one in found["invoices"]]


invoice(Sdk())
