"""Collection forms to rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from sellingpartner.market.shipping.collecting.model import CollectionForm
from sellingpartner.market.shipping.collecting.tables import collected_shipments, collection_forms
from sellingpartner.market.shipping.lifecycle import LabelStatus
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.tables import shipments
from sellingpartner.storage.unit import UnitOfWork


def find_form(unit: UnitOfWork, form_id: str) -> CollectionForm | None:
    """A form by its id."""
    at = collection_forms.c
    this = select(at.document).where(at.seller_id == unit.seller_id, at.form_id == form_id)
    return unit.execute(this).scalar_one_or_none()


def form_of_retry_key(unit: UnitOfWork, key: str) -> CollectionForm | None:
    """What was made for a request that had such a key."""
    at = collection_forms.c
    this = select(at.document).where(at.seller_id == unit.seller_id, at.retry_key == key)
    return unit.execute(this).scalar_one_or_none()


def insert_form(unit: UnitOfWork, form: CollectionForm, retry_key: str | None) -> None:
    """Keep a form, which never changes."""
    row = {
        "seller_id": unit.seller_id,
        "form_id": form.form_id,
        "country": form.country,
        "carrier_id": form.carrier_id,
        "created_at": form.created_at,
        "retry_key": retry_key,
        "document": form,
    }
    unit.execute(collection_forms.insert(), row)
    unit.execute(
        collected_shipments.insert(),
        [
            {"seller_id": unit.seller_id, "shipment_id": one.shipment_id, "form_id": form.form_id}
            for one in form.parcels
        ],
    )


def forms_between(unit: UnitOfWork, country: str, start: datetime, end: datetime) -> list[CollectionForm]:
    """The forms of a country that were made in a time, the latest first."""
    at = collection_forms.c
    wanted = select(at.document).where(
        at.seller_id == unit.seller_id, at.country == country, at.created_at >= start, at.created_at <= end
    )
    return list(unit.execute(wanted.order_by(at.created_at.desc(), at.form_id.desc())).scalars())


def shipments_on_no_form(unit: UnitOfWork, since: datetime) -> Sequence[Shipment]:
    """The labels that were bought since a moment, not given back, and are on no form; the first first."""
    at, on = shipments.c, collected_shipments.c
    listed = select(on.shipment_id).where(on.seller_id == unit.seller_id, on.shipment_id == at.shipment_id).exists()
    wanted = select(at.document).where(
        at.seller_id == unit.seller_id,
        at.created_at >= since,
        at.status == LabelStatus.PURCHASED.value,
        ~listed,
    )
    return list(unit.execute(wanted.order_by(at.created_at, at.shipment_id)).scalars())
