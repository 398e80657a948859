"""listReturnReasonCodes and createFulfillmentReturn."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_outbound_2020_07_01 import (
    CreateFulfillmentReturn,
    CreateFulfillmentReturnResponse,
    ListReturnReasonCodes,
    ListReturnReasonCodesResponse,
)
from sellingpartner.market.outbound.asking import goods_of
from sellingpartner.market.outbound.commands import AskedReturn, ask_return
from sellingpartner.market.outbound.questions import find_fulfillment, marketplace_meant, return_reasons
from sellingpartner.market.outbound.returning import WORDS, RefusedReturn
from sellingpartner.server.api.fulfillment_outbound_2020_07_01.views import authorization_view, returned_view
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(ListReturnReasonCodes)
def list_return_reason_codes(unit: UnitOfWork, request: ListReturnReasonCodes) -> ListReturnReasonCodesResponse:
    """List the reasons for which a SKU may come back, in a language besides if it is one that is known."""
    if request.seller_fulfillment_order_id is not None:
        marketplace_id = find_fulfillment(unit, request.seller_fulfillment_order_id).marketplace_id
    else:
        marketplace_id = marketplace_meant(unit, request.marketplace_id)
    goods_of(unit, marketplace_id, request.seller_sku, request.seller_sku)
    language = (request.language or "").replace("-", "_").partition("_")[0].lower()
    return ListReturnReasonCodesResponse(
        payload=v2020.ListReturnReasonCodesResult(
            reason_code_details=[
                v2020.ReasonCodeDetails(
                    return_reason_code=one.code,
                    description=one.said,
                    translated_description=one.translated.get(language),
                )
                for one in return_reasons()
            ]
        )
    )


@handles(CreateFulfillmentReturn)
def create_fulfillment_return(unit: UnitOfWork, request: CreateFulfillmentReturn) -> CreateFulfillmentReturnResponse:
    """Open the return of units; those that cannot come back are told with the reason."""
    if not request.items:
        message = "items is empty; name at least one unit that comes back."
        raise InvalidInput(message)
    asked = [
        AskedReturn(
            return_item_id=one.seller_return_item_id,
            item_id=one.seller_fulfillment_order_item_id,
            shipment_id=one.amazon_shipment_id,
            reason=one.return_reason_code,
            comment=one.return_comment,
        )
        for one in request.items
    ]
    made = ask_return(unit, request.seller_fulfillment_order_id, asked)
    order = find_fulfillment(unit, request.seller_fulfillment_order_id)
    return CreateFulfillmentReturnResponse(
        payload=v2020.CreateFulfillmentReturnResult(
            return_items=[returned_view(one) for one in made.items],
            invalid_return_items=[_refused(one) for one in made.refused],
            return_authorizations=[authorization_view(order, one) for one in made.authorizations],
        )
    )


def _refused(one: RefusedReturn) -> v2020.InvalidReturnItem:
    return v2020.InvalidReturnItem(
        seller_return_item_id=one.asked.return_item_id,
        seller_fulfillment_order_item_id=one.asked.item_id,
        invalid_item_reason=v2020.InvalidItemReason(
            invalid_item_reason_code=v2020.InvalidItemReasonCode(one.why.value), description=WORDS[one.why]
        ),
    )
