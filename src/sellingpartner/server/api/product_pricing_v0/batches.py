"""`getItemOffersBatch` and `getListingOffersBatch`: up to twenty calls in one, each answered by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote

from sellingpartner.contract import product_pricing_v0 as v0
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.product_pricing_v0 import (
    GetItemOffersBatch,
    GetItemOffersBatchResponse,
    GetListingOffersBatch,
    GetListingOffersBatchResponse,
)
from sellingpartner.market.accounts.questions import NotTheSellersMarketplace, participations_of
from sellingpartner.server.api.batch_entries import OK, headers_of, reason_of
from sellingpartner.server.api.pricing_subjects import (
    Subject,
    UnknownAsin,
    UnknownSku,
    ranked,
    subjects_by_asin,
    subjects_by_sku,
)
from sellingpartner.server.api.product_pricing_v0.offers import offers_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.server.gateway.skus import known_sku
from sellingpartner.storage.unit import UnitOfWork

Entry = v0.ItemOffersRequest | v0.ListingOffersRequest
Find = Callable[[UnitOfWork, str, list[str]], list[Subject]]

_ITEM = re.compile(r"/products/pricing/v0/items/(?P<name>[^/]+)/offers")
_LISTING = re.compile(r"/products/pricing/v0/listings/(?P<name>.+)/offers")


@handles(GetItemOffersBatch, reads=True)
def get_item_offers_batch(unit: UnitOfWork, request: GetItemOffersBatch) -> GetItemOffersBatchResponse:
    """`getItemOffers` for several ASINs."""
    entries = _entries(request.requests)
    names = [_name(unit, entry, _ITEM) for entry in entries]
    answers = _answers(unit, entries, names, subjects_by_asin, UnknownAsin)
    return GetItemOffersBatchResponse(
        responses=[
            v0.ItemOffersResponse(
                headers=v0.HttpResponseHeaders(**headers_of(unit, index)),
                status=status,
                body=body,
                request=v0.ItemOffersRequestParams(
                    marketplace_id=entry.marketplace_id,
                    item_condition=entry.item_condition,
                    customer_type=entry.customer_type,
                    asin=name,
                ),
            )
            for index, (entry, name, (status, body)) in enumerate(zip(entries, names, answers, strict=True))
        ]
    )


@handles(GetListingOffersBatch, reads=True)
def get_listing_offers_batch(unit: UnitOfWork, request: GetListingOffersBatch) -> GetListingOffersBatchResponse:
    """`getListingOffers` for several SKUs."""
    entries = _entries(request.requests)
    names = [_name(unit, entry, _LISTING) for entry in entries]
    answers = _answers(unit, entries, names, subjects_by_sku, UnknownSku)
    return GetListingOffersBatchResponse(
        responses=[
            v0.ListingOffersResponse(
                headers=v0.HttpResponseHeaders(**headers_of(unit, index)),
                status=status,
                body=body,
                request=v0.ListingOffersRequestParams(
                    marketplace_id=entry.marketplace_id,
                    item_condition=entry.item_condition,
                    customer_type=entry.customer_type,
                    seller_sku=name or "",
                ),
            )
            for index, (entry, name, (status, body)) in enumerate(zip(entries, names, answers, strict=True))
        ]
    )


def _entries(sent: list[v0.ItemOffersRequest] | list[v0.ListingOffersRequest] | None) -> list[Entry]:
    if not sent:
        raise InvalidInput("Body field requests is missing; it must hold 1 to 20 requests.")
    return [*sent]


def _name(unit: UnitOfWork, entry: Entry, form: re.Pattern[str]) -> str | None:
    """The ASIN or SKU in the path of an entry, decoded; None if the path is another."""
    found = form.fullmatch(entry.uri.partition("?")[0])
    return None if found is None else known_sku(unit, unquote(found["name"]))


def _answers(
    unit: UnitOfWork,
    entries: list[Entry],
    names: list[str | None],
    find: Find,
    unknown: type[UnknownAsin | UnknownSku],
) -> list[tuple[v0.GetOffersHttpStatusLine, v0.GetOffersResponse]]:
    """What each entry is answered; what is asked of one marketplace is read at once."""
    entered = [one.marketplace_id for one in participations_of(unit, unit.seller_id)]
    subjects: dict[tuple[str, str], Subject] = {}
    for marketplace_id in sorted({entry.marketplace_id for entry in entries} & set(entered)):
        there = zip(entries, names, strict=True)
        asked = [name for entry, name in there if name is not None and entry.marketplace_id == marketplace_id]
        wanted = list(dict.fromkeys(asked))
        found = ranked(unit, marketplace_id, find(unit, marketplace_id, wanted))
        subjects |= {(marketplace_id, name): one for name, one in zip(wanted, found, strict=True)}

    def answer(entry: Entry, name: str | None) -> v0.GetOffersResult:
        if name is None or entry.method is not v0.HttpMethod.GET:
            message = f"{entry.method} {entry.uri} is not a request of this batch; it must be GET and the path of one."
            raise InvalidInput(message)
        if entry.marketplace_id not in entered:
            raise NotTheSellersMarketplace(entry.marketplace_id, entered)
        subject = subjects[entry.marketplace_id, name]
        if subject.contest is None:
            raise unknown(name, entry.marketplace_id)
        return offers_of(unit, subject, entry.item_condition, entry.customer_type)

    return [_attempt(partial(answer, entry, name)) for entry, name in zip(entries, names, strict=True)]


def _attempt(
    answer: Callable[[], v0.GetOffersResult],
) -> tuple[v0.GetOffersHttpStatusLine, v0.GetOffersResponse]:
    try:
        payload, status = answer(), OK
    except SellingPartnerError as refusal:
        error = v0.Error(code=refusal.code, message=refusal.message, details=refusal.details)
        line = v0.GetOffersHttpStatusLine(status_code=refusal.status, reason_phrase=reason_of(refusal.status))
        return line, v0.GetOffersResponse(errors=[error])
    return v0.GetOffersHttpStatusLine(status_code=status, reason_phrase=reason_of(status)), v0.GetOffersResponse(
        payload=payload
    )
