"""Collection forms of Shipping v2: what waits for one, making them, printing them again."""

from __future__ import annotations

from base64 import b64encode
from itertools import groupby

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.shipping_v2 import (
    GenerateCollectionForm,
    GenerateCollectionFormResponse,
    GetCollectionForm,
    GetCollectionFormHistory,
    GetCollectionFormHistoryResponse,
    GetCollectionFormResponse,
    GetUnmanifestedShipments,
    GetUnmanifestedShipmentsResponse,
)
from sellingpartner.market.shipping.carriers.businesses import country_of
from sellingpartner.market.shipping.collecting.model import CollectionForm, Unmanifested
from sellingpartner.market.shipping.commands import make_form
from sellingpartner.market.shipping.labels.manifests import manifest_of
from sellingpartner.market.shipping.questions import form_by_id, forms_made, unmanifested
from sellingpartner.market.shipping.refusals import InvalidRequest
from sellingpartner.market.shipping.wishes import Sender
from sellingpartner.server.api.shipping_v2.reading import sender_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_MOST = 100


@handles(GetUnmanifestedShipments, reads=True)
def get_unmanifested_shipments(unit: UnitOfWork, request: GetUnmanifestedShipments) -> GetUnmanifestedShipmentsResponse:
    """Where parcels wait that are on no form, by carrier."""
    found = unmanifested(unit, country_of(request.shipping_business_id))
    return GetUnmanifestedShipmentsResponse(
        unmanifested_carrier_information_list=[
            v2.UnmanifestedCarrierInformation(
                carrier_id=carrier_id,
                carrier_name=carrier_name,
                unmanifested_shipment_location_list=[_location(one) for one in there],
            )
            for (carrier_id, carrier_name), there in groupby(found, key=lambda one: (one.carrier_id, one.carrier_name))
        ]
    )


@handles(GenerateCollectionForm)
def generate_collection_form(unit: UnitOfWork, request: GenerateCollectionForm) -> GenerateCollectionFormResponse:
    """Make the form of what waits for a carrier at an address."""
    form = make_form(
        unit,
        country_of(request.shipping_business_id),
        request.carrier_id,
        _sender(request.ship_from_address),
        retry_key=request.idempotency_key,
    )
    return GenerateCollectionFormResponse(collections_form_document=_document(form))


@handles(GetCollectionForm)
def get_collection_form(unit: UnitOfWork, request: GetCollectionForm) -> GetCollectionFormResponse:
    """Print a form again."""
    return GetCollectionFormResponse(collections_form_document=_document(form_by_id(unit, request.collection_form_id)))


@handles(GetCollectionFormHistory, reads=True)
def get_collection_form_history(
    unit: UnitOfWork, request: GetCollectionFormHistory
) -> GetCollectionFormHistoryResponse:
    """The forms that were made, the latest first."""
    most = _MOST if request.max_results is None else request.max_results
    if not 1 <= most <= _MOST:
        raise InvalidRequest(f"maxResults {most} is not from 1 to {_MOST}.")
    period = request.date_range
    start, end = (None, None) if period is None else (period.start_date, period.end_date)
    if start is not None and end is not None and end < start:
        details = "dateRange ends before it starts."
        raise InvalidRequest(details)
    found = forms_made(
        unit,
        country_of(request.shipping_business_id),
        carrier_id=request.carrier_id,
        sender=_sender(request.ship_from_address),
        start=start,
        end=end,
    )
    return GetCollectionFormHistoryResponse(
        collection_forms_history_record_list=[
            v2.CollectionFormsHistoryRecord(
                carrier_name=one.carrier_name,
                creation_date=one.created_at.replace(microsecond=0),
                generation_status=v2.GenerationStatus.COMPLETED,
                collection_form_id=one.form_id,
                ship_from_address=_address(one.sender),
            )
            for one in found[:most]
        ],
        last_refreshed_date=f"{unit.now:%Y-%m-%dT%H:%M:%SZ}",
    )


def _sender(said: v2.Address | None) -> Sender | None:
    return None if said is None else sender_of(said, "shipFromAddress")


def _location(one: Unmanifested) -> v2.UnmanifestedShipmentLocation:
    last = None if one.last_form_at is None else one.last_form_at.replace(microsecond=0)
    return v2.UnmanifestedShipmentLocation(address=_address(one.sender), last_manifest_date=last)


def _address(sender: Sender) -> v2.Address:
    return v2.Address(
        name=sender.name,
        address_line1=sender.line_1,
        address_line2=sender.line_2,
        address_line3=sender.line_3,
        company_name=sender.company,
        state_or_region=sender.state or "",
        city=sender.city,
        country_code=sender.country_code,
        postal_code=sender.postal_code,
        email=sender.email or None,
        phone_number=sender.phone or None,
    )


def _document(form: CollectionForm) -> v2.CollectionsFormDocument:
    return v2.CollectionsFormDocument(
        base64_encoded_content=b64encode(manifest_of(form)).decode(), document_format="application/pdf"
    )
