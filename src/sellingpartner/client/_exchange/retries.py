"""Whether a call may be sent again, and after how long.

A call that was refused, or never left, may always be repeated. One that may have been carried out may be repeated only
if to do it twice is to do it once: GET, PUT and DELETE are so by HTTP's rules, PATCH and POST are not, but for the
POSTs below, which ask and change nothing (their body is a question too long for a URL).
"""

from __future__ import annotations

from random import Random

from sellingpartner.contract.operation import Operation

_REPEATABLE = frozenset({"GET", "PUT", "DELETE", "HEAD"})

QUESTIONS = frozenset(
    {
        # batches of prices and offers, each a GET in its own right
        "POST /batches/products/pricing/v0/itemOffers",
        "POST /batches/products/pricing/v0/listingOffers",
        "POST /batches/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice",
        "POST /batches/products/pricing/2022-05-01/items/competitiveSummary",
        # estimates of fees
        "POST /products/fees/v0/feesEstimate",
        "POST /products/fees/v0/items/{Asin}/feesEstimate",
        "POST /products/fees/v0/listings/{SellerSKU}/feesEstimate",
        # what a fulfillment or a shipment would cost, and when it would come
        "POST /fba/outbound/2020-07-01/fulfillmentOrders/preview",
        "POST /fba/outbound/2020-07-01/deliveryOffers",
        "POST /fulfillment/outbound/2026-07-04/previews",
        "POST /fulfillment/outbound/2026-07-04/offers",
        "POST /mfn/v0/eligibleShippingServices",
        "POST /mfn/v0/additionalSellerInputs",
        "POST /shipping/v1/rates",
        "POST /shipping/v2/shipments/rates",
        "POST /easyShip/2022-03-23/timeSlot",
        # searches and checks
        "POST /replenishment/2022-11-07/sellingPartners/metrics/search",
        "POST /replenishment/2022-11-07/offers/metrics/search",
        "POST /replenishment/2022-11-07/offers/search",
        "POST /service/v1/serviceResources/{resourceId}/capacity/range",
        "POST /service/v1/serviceResources/{resourceId}/capacity/fixed",
        "POST /awd/2024-05-09/inboundEligibility",
        "POST /aplus/2020-11-01/contentAsinValidations",
        # a token or an empty place to upload to: a second one is left unused
        "POST /tokens/2021-03-01/restrictedDataToken",
        "POST /feeds/2021-06-30/documents",
        "POST /uploads/2020-11-01/uploadDestinations/{resource}",
        "POST /service/v1/documents",
    }
)
"""POST operations that may be sent twice."""

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0


def is_idempotent(operation: Operation) -> bool:
    """Whether to carry it out twice is to carry it out once."""
    return operation.method in _REPEATABLE or operation.key in QUESTIONS


def may_repeat(status: int, *, readable: bool, idempotent: bool) -> bool:
    """Whether an answer with this status may be asked for again.

    A 429 is a refusal.

    Assumed: a 503 in the API's own words is a refusal, too, of which nothing was carried out; one that a proxy made up
    says nothing of what happened behind it.
    """
    if status == 429:  # noqa: PLR2004 - HTTP's own numbers
        return True
    if status == 503:  # noqa: PLR2004
        return idempotent or readable
    return idempotent and status in {500, 502, 504}


def pause(repetition: int, random: Random) -> float:
    """How long before this repetition, the first being 1: anything up to a bound that doubles (full jitter)."""
    return random.uniform(0, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(repetition - 1, 10)))
