"""Listings Restrictions, 2021-08-01: whether a seller may list a product, and where to ask if not."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import msgspec

from sellingpartner.contract import listings_restrictions_2021_08_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.listings.restrictions import (
    Restriction,
    RestrictionReason,
    Subject,
    restriction_in,
    restrictions_on,
)
from sellingpartner.market.product_types.questions import product_type
from sellingpartner.server.api.listings_items_2021_08_01.asking import marketplaces, own
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

APPROVAL = "/hz/approvalrequest/restrictions/approve"
"""Where sellers ask for approval; the address is Amazon's, and the page is in this market's console."""

_ASIN = re.compile(r"[A-Z0-9]{10}")


class InvalidAsin(InvalidInput):
    """What no ASIN looks like, in Amazon's words."""

    code = "BAD_REQUEST"

    def __init__(self) -> None:
        super().__init__("Invalid 'asin' provided.", details="An ASIN has 10 characters, capital letters and digits.")


class InvalidProductType(InvalidInput):
    """What is no product type, told as an ASIN that is none."""

    code = "BAD_REQUEST"

    def __init__(self, name: str) -> None:
        reason = f"There is no product type {name}; searchDefinitionsProductTypes has all."
        super().__init__("Invalid 'productType' provided.", details=reason)


@handles(api.GetListingsRestrictions)
def get_listings_restrictions(
    unit: UnitOfWork, request: api.GetListingsRestrictions, caller: Caller, origin: Origin
) -> api.RestrictionList:
    """What keeps a seller from listing a product, condition by condition; nothing, if nothing does.

    With a product type, what holds for products of that type holds as well, as if the product were put by it.
    Differs: by productType Amazon also tells whether a product may do without an identifier; here all may.
    """
    own(caller, request.seller_id)
    if _ASIN.fullmatch(request.asin) is None:
        raise InvalidAsin
    if request.product_type is not None and product_type(request.product_type) is None:
        raise InvalidProductType(request.product_type)
    wanted = list(api.ConditionType) if request.condition_type is None else [request.condition_type]
    found: list[api.Restriction] = []
    for marketplace_id in marketplaces(unit, caller, request.marketplace_ids):
        item = found_item(unit, request.asin)
        if item is None or not item.is_in(marketplace_id):
            found.append(_unknown(request.asin, marketplace_id, request.condition_type))
            continue
        held = restrictions_on(unit, Subject.of(item), marketplace_id)
        if request.product_type not in {None, item.product_type}:
            as_typed = msgspec.structs.replace(Subject.of(item), product_type=str(request.product_type))
            held += [one for one in restrictions_on(unit, as_typed, marketplace_id) if one not in held]
        for condition in wanted:
            if (restriction := restriction_in(held, condition.value)) is not None:
                reasons = [_reason(restriction, request.asin, marketplace_id, origin)]
                found.append(api.Restriction(marketplace_id=marketplace_id, condition_type=condition, reasons=reasons))
    return api.RestrictionList(restrictions=found)


def _unknown(asin: str, marketplace_id: str, condition: api.ConditionType | None) -> api.Restriction:
    message = f"The catalog of marketplace {marketplace_id} has no product {asin}."
    reason = api.Reason(message=message, reason_code=api.ReasonCode.ASIN_NOT_FOUND)
    return api.Restriction(marketplace_id=marketplace_id, condition_type=condition, reasons=[reason])


def _reason(restriction: Restriction, asin: str, marketplace_id: str, origin: Origin) -> api.Reason:
    if restriction.reason is RestrictionReason.NOT_ELIGIBLE:
        message = "You may not list this product in this condition."
        return api.Reason(message=message, reason_code=api.ReasonCode.NOT_ELIGIBLE)
    where = urlencode({"asin": asin, "marketplaceId": marketplace_id})
    name = MARKETPLACES[marketplace_id].seller_central
    link = api.Link(
        resource=f"{origin}{APPROVAL}?{where}",
        verb=api.Verb.GET,
        title=f"Ask for approval, as at {name}.",
        type="text/html",
    )
    return api.Reason(
        message="You need approval to list this product in this condition.",
        reason_code=api.ReasonCode.APPROVAL_REQUIRED,
        links=[link],
    )
