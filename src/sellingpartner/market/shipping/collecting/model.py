"""A collection form. Nothing here reads or writes."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.market.shipping.wishes import Sender


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """A parcel on a form."""

    shipment_id: str
    tracking_id: str
    service: str
    postal_code: str
    grams: int


class CollectionForm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The parcels that a carrier is handed at one address.

    Assumed: a form is there as soon as it is asked for; Amazon also knows forms that are being made.
    """

    form_id: str
    carrier_id: str
    carrier_name: str
    country: str
    sender: Sender
    created_at: datetime
    parcels: tuple[Listed, ...]


class Unmanifested(msgspec.Struct, frozen=True, kw_only=True):
    """An address at which parcels of a carrier wait, and are on no form."""

    carrier_id: str
    carrier_name: str
    sender: Sender
    parcels: tuple[Listed, ...]
    last_form_at: datetime | None
    """When a form was last made of this carrier's parcels there."""


def is_same_address(one: Sender, other: Sender) -> bool:
    """Whether two parcels leave from one place, whoever is named there."""
    return _place(one) == _place(other)


def _place(sender: Sender) -> tuple[str, ...]:
    said = (sender.line_1, sender.line_2 or "", sender.postal_code, sender.city, sender.country_code)
    return tuple(part.strip().casefold() for part in said)
