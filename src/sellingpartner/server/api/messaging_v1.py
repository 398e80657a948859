"""Messaging, v1: what a seller may write to a buyer now, and the writing; answers are linked as HAL has it.

Assumed: of Messaging and Solicitations only answers are application/hal+json; refusals are application/json everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract import messaging_v1 as v1
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.messaging.commands import send_message
from sellingpartner.market.messaging.kinds import form_of
from sellingpartner.market.messaging.model import Attachment, Draft
from sellingpartner.market.messaging.questions import allowed_kinds
from sellingpartner.server.api.orders_written_about import order_in
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(v1.GetMessagingActionsForOrder)
def get_messaging_actions_for_order(
    unit: UnitOfWork, request: v1.GetMessagingActionsForOrder
) -> v1.GetMessagingActionsForOrderResponse:
    """What may be written about an order now, each with where to send it and in what form."""
    order = order_in(unit, request.amazon_order_id, request.marketplace_ids)
    base, query = f"/messaging/v1/orders/{order.order_id}", f"?marketplaceIds={order.marketplace_id}"
    allowed = allowed_kinds(unit, order)
    links = [v1.LinkObject(href=f"{base}/messages/{name}{query}", name=name) for name in allowed]
    # Assumed: whatever may be written, the attributes of an order that is paid can be asked for.
    attributes = [] if order.is_unpaid else [v1.LinkObject(href=f"{base}/attributes{query}", name="attributes")]
    return v1.GetMessagingActionsForOrderResponse(
        links=v1.GetMessagingActionsForOrderResponseLinks(
            self=v1.LinkObject(href=f"{base}{query}"), actions=[*links, *attributes]
        ),
        embedded=v1.GetMessagingActionsForOrderResponseEmbedded(
            actions=[_action(f"{base}/messages/{name}", query, name) for name in allowed]
        ),
    )


@handles(v1.GetAttributes)
def get_attributes(unit: UnitOfWork, request: v1.GetAttributes) -> v1.GetAttributesResponse:
    """In which language the buyer is to be written to.

    Assumed: a buyer prefers the language of the marketplace that the order was placed in.
    """
    order = order_in(unit, request.amazon_order_id, request.marketplace_ids)
    locale = MARKETPLACES[order.marketplace_id].language.replace("_", "-")
    return v1.GetAttributesResponse(buyer=v1.GetAttributesResponseBuyer(locale=locale))


@handles(v1.ConfirmCustomizationDetails)
def confirm_customization_details(
    unit: UnitOfWork, request: v1.ConfirmCustomizationDetails
) -> v1.CreateConfirmCustomizationDetailsResponse:
    """Ask the buyer to check the details of a customized item."""
    draft = Draft(kind="confirmCustomizationDetails", text=request.text, attachments=_files(request.attachments))
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.CreateConfirmCustomizationDetailsResponse()


@handles(v1.CreateConfirmDeliveryDetails)
def create_confirm_delivery_details(
    unit: UnitOfWork, request: v1.CreateConfirmDeliveryDetails
) -> v1.CreateConfirmDeliveryDetailsResponse:
    """Arrange a delivery."""
    draft = Draft(kind="confirmDeliveryDetails", text=request.text)
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.CreateConfirmDeliveryDetailsResponse()


@handles(v1.CreateLegalDisclosure)
def create_legal_disclosure(unit: UnitOfWork, request: v1.CreateLegalDisclosure) -> v1.CreateLegalDisclosureResponse:
    """Send documents that the law asks for."""
    draft = Draft(kind="legalDisclosure", attachments=_files(request.attachments))
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.CreateLegalDisclosureResponse()


@handles(v1.CreateConfirmOrderDetails)
def create_confirm_order_details(
    unit: UnitOfWork, request: v1.CreateConfirmOrderDetails
) -> v1.CreateConfirmOrderDetailsResponse:
    """Ask about an order before it ships."""
    draft = Draft(kind="confirmOrderDetails", text=request.text)
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.CreateConfirmOrderDetailsResponse()


@handles(v1.CreateConfirmServiceDetails)
def create_confirm_service_details(
    unit: UnitOfWork, request: v1.CreateConfirmServiceDetails
) -> v1.CreateConfirmServiceDetailsResponse:
    """Arrange a service at the buyer's home."""
    draft = Draft(kind="confirmServiceDetails", text=request.text)
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.CreateConfirmServiceDetailsResponse()


@handles(v1.CreateWarranty)
def create_warranty(unit: UnitOfWork, request: v1.CreateWarranty) -> v1.CreateWarrantyResponse:
    """Send the warranty's papers."""
    draft = Draft(
        kind="warranty",
        attachments=_files(request.attachments),
        coverage_start=request.coverage_start_date,
        coverage_end=request.coverage_end_date,
    )
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.CreateWarrantyResponse()


@handles(v1.CreateDigitalAccessKey)
def create_digital_access_key(
    unit: UnitOfWork, request: v1.CreateDigitalAccessKey
) -> v1.CreateDigitalAccessKeyResponse:
    """Send the key of something digital."""
    draft = Draft(kind="digitalAccessKey", text=request.text, attachments=_files(request.attachments))
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.CreateDigitalAccessKeyResponse()


@handles(v1.CreateUnexpectedProblem)
def create_unexpected_problem(
    unit: UnitOfWork, request: v1.CreateUnexpectedProblem
) -> v1.CreateUnexpectedProblemResponse:
    """Tell of a problem with an order."""
    draft = Draft(kind="unexpectedProblem", text=request.text)
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.CreateUnexpectedProblemResponse()


@handles(v1.SendInvoice)
def send_invoice(unit: UnitOfWork, request: v1.SendInvoice) -> v1.InvoiceResponse:
    """Send an invoice."""
    draft = Draft(kind="invoice", attachments=_files(request.attachments))
    _send(unit, request.amazon_order_id, request.marketplace_ids, draft)
    return v1.InvoiceResponse()


def _send(unit: UnitOfWork, order_id: str, marketplace_ids: Sequence[str], draft: Draft) -> None:
    send_message(unit, order_in(unit, order_id, marketplace_ids), draft)


def _files(sent: Sequence[v1.Attachment] | None) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(upload_destination_id=one.upload_destination_id, file_name=one.file_name) for one in sent or ()
    )


def _action(path: str, query: str, name: str) -> v1.GetMessagingActionResponse:
    schema = v1.LinkObject(href=f"{path}/schema", name=name)
    return v1.GetMessagingActionResponse(
        links=v1.GetMessagingActionResponseLinks(self=v1.LinkObject(href=f"{path}{query}", name=name), schema=schema),
        embedded=v1.GetMessagingActionResponseEmbedded(
            schema=v1.GetSchemaResponse(links=v1.GetSchemaResponseLinks(self=schema), payload=form_of(name))
        ),
        payload=v1.MessagingAction(name=name),
    )
