"""Solicitations, v1: whether a buyer may be asked for a review now, and the asking."""

from __future__ import annotations

from sellingpartner.contract import solicitations_v1 as v1
from sellingpartner.market.messaging.commands import solicit
from sellingpartner.market.messaging.model import SOLICITATION
from sellingpartner.market.messaging.questions import may_solicit
from sellingpartner.server.api.orders_written_about import order_in
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_FORM = {"$schema": "http://json-schema.org/draft-04/schema", "title": "Request a review", "type": "object"}


@handles(v1.GetSolicitationActionsForOrder)
def get_solicitation_actions_for_order(
    unit: UnitOfWork, request: v1.GetSolicitationActionsForOrder
) -> v1.GetSolicitationActionsForOrderResponse:
    """The one thing that can be asked, or nothing."""
    order = order_in(unit, request.amazon_order_id, request.marketplace_ids)
    base, query = f"/solicitations/v1/orders/{order.order_id}", f"?marketplaceIds={order.marketplace_id}"
    path = f"{base}/solicitations/{SOLICITATION}"
    allowed = may_solicit(unit, order)
    action = v1.LinkObject(href=f"{path}{query}", name=SOLICITATION)
    schema = v1.LinkObject(href=f"{path}/schema", name=SOLICITATION)
    embedded = v1.GetSolicitationActionResponse(
        links=v1.GetSolicitationActionResponseLinks(self=action, schema=schema),
        embedded=v1.GetSolicitationActionResponseEmbedded(
            schema=v1.GetSchemaResponse(links=v1.GetSchemaResponseLinks(self=schema), payload=_FORM)
        ),
        payload=v1.SolicitationsAction(name=SOLICITATION),
    )
    return v1.GetSolicitationActionsForOrderResponse(
        links=v1.GetSolicitationActionsForOrderResponseLinks(
            self=v1.LinkObject(href=f"{base}{query}"), actions=[action] if allowed else []
        ),
        embedded=v1.GetSolicitationActionsForOrderResponseEmbedded(actions=[embedded] if allowed else []),
    )


@handles(v1.CreateProductReviewAndSellerFeedbackSolicitation)
def create_product_review_and_seller_feedback_solicitation(
    unit: UnitOfWork, request: v1.CreateProductReviewAndSellerFeedbackSolicitation
) -> v1.CreateProductReviewAndSellerFeedbackSolicitationResponse:
    """Have Amazon ask for a review and for feedback."""
    solicit(unit, order_in(unit, request.amazon_order_id, request.marketplace_ids))
    return v1.CreateProductReviewAndSellerFeedbackSolicitationResponse()
