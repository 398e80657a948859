"""Collection forms are made of what waits to be handed over; what is on one is on no other.

Assumed: labels of the last 14 days are looked at; a parcel that its carrier has needs no form; and an address is the
same whoever is named there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from sellingpartner.market.events.shipping import CollectionFormMade
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.carriers.services import carriers
from sellingpartner.market.shipping.collecting.model import CollectionForm, Listed, Unmanifested, is_same_address
from sellingpartner.market.shipping.collecting.store import (
    find_form,
    form_of_retry_key,
    forms_between,
    insert_form,
    shipments_on_no_form,
)
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.refusals import InvalidRequest, NoSuchResource
from sellingpartner.market.shipping.retry_keys import kept
from sellingpartner.market.shipping.store import find_parcel
from sellingpartner.market.shipping.wishes import Sender
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

_LOOKED_AT = timedelta(days=14)
_KEPT = timedelta(days=365)


def unmanifested(unit: UnitOfWork, country: str) -> list[Unmanifested]:
    """The addresses at which parcels wait, by carrier, as far as the carrier takes forms."""
    taking = {one.carrier_id: one.name for one in carriers() if one.country == country and one.has_collection_form}
    waiting = [
        one
        for one in shipments_on_no_form(unit, unit.now - _LOOKED_AT)
        if one.bought.country == country
        and one.bought.carrier_id in taking
        and not find_parcel(unit, one.shipment_id).is_handed_over
    ]
    made = forms_between(unit, country, unit.now - _KEPT, unit.now)
    waiting.sort(key=lambda one: one.bought.carrier_id)
    found = []
    for carrier_id, of_carrier in groupby(waiting, key=lambda one: one.bought.carrier_id):
        left = list(of_carrier)
        while left:
            sender = left[0].wish.sender
            here = [one for one in left if is_same_address(one.wish.sender, sender)]
            left = [one for one in left if one not in here]
            last = next(
                (one for one in made if one.carrier_id == carrier_id and is_same_address(one.sender, sender)), None
            )
            found.append(
                Unmanifested(
                    carrier_id=carrier_id,
                    carrier_name=taking[carrier_id],
                    sender=sender,
                    parcels=tuple(_listed(unit, one) for one in here),
                    last_form_at=None if last is None else last.created_at,
                )
            )
    return found


def make_form(
    unit: UnitOfWork, country: str, carrier_id: str, sender: Sender | None, *, retry_key: str | None = None
) -> CollectionForm:
    """Make the form of all that waits for a carrier at an address; raises `InvalidRequest` where nothing does.

    The number is taken first: whoever makes one for the same seller at once waits for it.
    """
    number = unit.next_number("collection forms")
    key = kept(retry_key, of="collection form")
    known = None if key is None else form_of_retry_key(unit, key)
    if known is not None:
        if known.carrier_id != carrier_id:
            raise InvalidRequest("The x-amzn-IdempotencyKey was used for another collection form.")
        return known
    there = [one for one in unmanifested(unit, country) if one.carrier_id == carrier_id]
    if sender is not None:
        there = [one for one in there if is_same_address(one.sender, sender)]
    if not there:
        at = "" if sender is None else f" at {sender.line_1}, {sender.postal_code}"
        raise InvalidRequest(f"No shipment with {carrier_id[:40]}{at} waits for a collection form.")
    if len(there) > 1:
        places = "; ".join(f"{one.sender.line_1}, {one.sender.postal_code}" for one in there)
        raise InvalidRequest(f"Shipments with {carrier_id} wait at several addresses; name shipFromAddress: {places}.")
    [waiting] = there
    form = CollectionForm(
        form_id=uuid_of(wide_number_of(unit.seed, unit.seller_id, "collection form", number)),
        carrier_id=carrier_id,
        carrier_name=waiting.carrier_name,
        country=country,
        sender=waiting.sender,
        created_at=unit.now,
        parcels=waiting.parcels,
    )
    insert_form(unit, form, key)
    unit.emit(CollectionFormMade(form_id=form.form_id, carrier=carrier_id, parcels=len(form.parcels)))
    return form


def form_by_id(unit: UnitOfWork, form_id: str) -> CollectionForm:
    """A form that was made; raises `NoSuchResource`."""
    found = find_form(unit, form_id)
    if found is None:
        raise NoSuchResource(f"There is no collection form {form_id[:60]!r}.")
    return found


def forms_made(
    unit: UnitOfWork,
    country: str,
    *,
    carrier_id: str | None = None,
    sender: Sender | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[CollectionForm]:
    """The forms that were made, the latest first; of the last year unless said."""
    return [
        one
        for one in forms_between(unit, country, start or unit.now - _KEPT, end or unit.now)
        if carrier_id in {None, one.carrier_id} and (sender is None or is_same_address(one.sender, sender))
    ]


def _listed(unit: UnitOfWork, shipment: Shipment) -> Listed:
    recipient = shipment.wish.recipient
    if recipient is None and shipment.order_id is not None:
        recipient = order_of(unit, shipment.order_id).address
    return Listed(
        shipment_id=shipment.shipment_id,
        tracking_id=shipment.tracking_id,
        service=shipment.bought.service_name,
        postal_code="" if recipient is None else recipient.postal_code,
        grams=round(shipment.wish.weight.grams),
    )
