"""Value-added services: how a delivery is confirmed, as Shipping v2 has the buyer of a label choose.

UPS and USPS want it to be chosen, UPS with the choice of nothing at all; OnTrac has none of it. Of other carriers that
take signatures it may be left out.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sellingpartner.market.shipping.carriers.services import Carrier
from sellingpartner.market.shipping.rating.quoting import experience_charge
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.market.shipping.wishes import Experience

GROUP_ID, GROUP = "VAS_GROUP_ID_CONFIRMATION", "Confirmation"
_NOTHING, _DELIVERY = "NO_CONFIRMATION", "DELIVERY_CONFIRMATION"
_SIGNATURE, _ADULT = "SIGNATURE_CONFIRMATION", "ADULT_SIGNATURE_CONFIRMATION"
_NAMES = {
    _NOTHING: "No confirmation",
    _DELIVERY: "Delivery confirmation",
    _SIGNATURE: "Signature confirmation",
    _ADULT: "Adult signature confirmation",
}
_EXPERIENCES = {
    _NOTHING: Experience.NO_TRACKING,
    _DELIVERY: Experience.CONFIRMATION,
    _SIGNATURE: Experience.SIGNATURE,
    _ADULT: Experience.ADULT_SIGNATURE,
}
_SAYS_NO_MORE = (
    "The requested value added services are invalid. Please check the value added services offered in the GetRates"
    " response."
)


class Addition(msgspec.Struct, frozen=True):
    """A service that may be bought besides, and what it costs in minor units of the carrier's currency."""

    id: str
    name: str
    minor: int


def additions_of(carrier: Carrier) -> tuple[Addition, ...]:
    """The ways in which a carrier confirms a delivery; none where nothing can be chosen."""
    known = [_SIGNATURE, _ADULT]
    if carrier.asks_confirmation:
        known = [_NOTHING if carrier.has_plain_delivery else _DELIVERY, *known]
    priced = ((one, experience_charge(carrier, _EXPERIENCES[one])) for one in known)
    return tuple(Addition(one, _NAMES[one], minor) for one, minor in priced if minor is not None)


def chosen(carrier: Carrier, ids: Iterable[str]) -> Experience:
    """How a delivery is to be confirmed; raises `Unfit` where that was to be said, or is not offered."""
    ids, known = list(ids), {one.id: one for one in additions_of(carrier)}
    if len(ids) > 1:
        raise _unfit(f"One way of confirmation can be chosen, not {len(ids)}.")
    if not ids:
        if carrier.asks_confirmation:
            raise _unfit(f"{carrier.name} wants one of {', '.join(known)}.")
        return Experience.CONFIRMATION
    if ids[0] not in known:
        raise _unfit(f"{carrier.name} has no {ids[0]!r}; it has {', '.join(known) or 'nothing of the kind'}.")
    return _EXPERIENCES[ids[0]]


def plainest(carrier: Carrier) -> Experience:
    """What is taken where nobody is asked: the least that the carrier has."""
    known = additions_of(carrier)
    return _EXPERIENCES[known[0].id] if carrier.asks_confirmation and known else Experience.CONFIRMATION


def _unfit(reason: str) -> Unfit:
    refused = Unfit(_SAYS_NO_MORE)
    refused.because(reason)
    return refused
