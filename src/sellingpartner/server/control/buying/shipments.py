"""Labels and parcels by hand, and what sellers have settled about shipping."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import TypeVar

import msgspec

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, InvalidInput, NotFound
from sellingpartner.market.accounts.questions import all_sellers, seller_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.market import Market
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping import commands, questions
from sellingpartner.market.shipping.carriers.services import carriers
from sellingpartner.market.shipping.easy_ship.documents import ZPL, documents_of
from sellingpartner.market.shipping.easy_ship.rules import all_rules, easy_ship_of
from sellingpartner.market.shipping.labels.documents import Document, label_document
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Parcel, Scan, Settings, Shipment
from sellingpartner.market.shipping.refusals import NoSuchParcel
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.running.clock import duration
from sellingpartner.storage.unit import UnitOfWork

_ZPL203 = "ZPL203"
_FORMATS = ("PDF", "PNG", _ZPL203, "ZPL300")
_SUFFIXES = {"application/pdf": "pdf", "image/png": "png", "application/zpl": "zpl"}

Found = TypeVar("Found")


def list_parcels(desk: Desk, request: v1.ListParcels) -> v1.ShownParcels:
    """Parcels of an order, with a tracking number, or with the latest labels."""
    shown: list[v1.ShownParcel] = []
    with desk.market.read() as unit:
        for seller in all_sellers(unit):
            if request.seller_id in {None, seller.seller_id}:
                unit.seller_id = seller.seller_id
                shown += [_shown(unit, parcel) for parcel in _parcels(unit, request)]
    shown.sort(key=lambda one: one.scans[0].at, reverse=True)
    return v1.ShownParcels(parcels=shown[: request.limit])


def get_parcel(desk: Desk, request: v1.GetParcel) -> v1.ShownParcel:
    """One parcel."""
    return _of_its_seller(desk.market, request.parcel_id, _shown)


def get_parcel_label(desk: Desk, request: v1.GetParcelLabel) -> v1.LabelFile:
    """The label of a parcel as a file."""
    if request.format is not None and request.format not in _FORMATS:
        message = f"{request.format!r} is no format of a label; those are {', '.join(_FORMATS)}."
        raise InvalidArgument(message)
    return _of_its_seller(desk.market, request.parcel_id, lambda unit, parcel: _document(unit, parcel, request))


def move_parcel(desk: Desk, request: v1.MoveParcel) -> v1.ShownParcel:
    """Have something happen to a parcel."""
    seller_id, parcel_id = _of_its_seller(
        desk.market, request.parcel_id, lambda unit, one: (unit.seller_id, one.parcel_id)
    )
    with desk.market.write(seller_id) as unit:
        moved = commands.move(unit, parcel_id, ParcelStatus(request.status.value), place=request.place)
        return _shown(unit, moved)


def delay_parcel(desk: Desk, request: v1.DelayParcel) -> v1.ShownParcel:
    """Have a parcel be late."""
    by = duration(request.by)
    seller_id, parcel_id = _of_its_seller(
        desk.market, request.parcel_id, lambda unit, one: (unit.seller_id, one.parcel_id)
    )
    with desk.market.write(seller_id) as unit:
        return _shown(unit, commands.delay(unit, parcel_id, by))


def change_shipping_settings(desk: Desk, request: v1.ChangeShippingSettings) -> v1.ShippingSettings:
    """What a seller has settled, with what is to change."""
    _check("easyShip", request.easy_ship, list(all_rules()))
    ids = sorted({carrier.carrier_id for carrier in carriers()})
    _check("refusedTerms", request.refused_terms, ids)
    _check("paused", request.paused, ids)
    with desk.market.write(request.seller_id) as unit:
        seller_of(unit, request.seller_id)
        now = questions.settings_of(unit)
        settings = Settings(
            confirms_orders=now.confirms_orders if request.confirms_orders is None else request.confirms_orders,
            easy_ship=now.easy_ship if request.easy_ship is None else tuple(request.easy_ship),
            refused_terms=now.refused_terms if request.refused_terms is None else tuple(request.refused_terms),
            paused=now.paused if request.paused is None else tuple(request.paused),
        )
        if settings != now:
            commands.save_settings(unit, settings)
    return v1.ShippingSettings(
        seller_id=request.seller_id,
        confirms_orders=settings.confirms_orders,
        easy_ship=list(easy_ship_of(settings)),
        refused_terms=list(settings.refused_terms),
        paused=list(settings.paused),
    )


def _check(name: str, said: list[str] | None, known: list[str]) -> None:
    for one in said or ():
        if one not in known:
            message = f"{name} cannot be {one!r}; it can be {', '.join(known)}."
            raise InvalidArgument(message)


def _parcels(unit: UnitOfWork, request: v1.ListParcels) -> list[Parcel]:
    if request.order_id is not None:
        return questions.parcels_of_order(unit, request.order_id)
    if request.tracking_id is not None:
        return questions.parcels_by_tracking(unit, request.tracking_id)
    return [
        questions.find_parcel(unit, shipment.shipment_id)
        for shipment in questions.latest_shipments(unit, request.limit)
    ]


def _of_its_seller(market: Market, parcel_id: str, ask: Callable[[UnitOfWork, Parcel], Found]) -> Found:
    """Something of a parcel, whosever it is: the market's operator names no seller."""
    with market.read() as unit:
        for seller in all_sellers(unit):
            unit.seller_id = seller.seller_id
            parcel = _named(unit, parcel_id)
            if parcel is not None:
                return ask(unit, parcel)
        tracked = questions.parcels_of_anybody(unit, parcel_id)
        if tracked:
            parcel = _only(parcel_id, [parcel for _, parcel in tracked])
            unit.seller_id = tracked[0][0]
            return ask(unit, parcel)
    raise NoSuchParcel(parcel_id)


def _named(unit: UnitOfWork, name: str) -> Parcel | None:
    """The parcel with an id, or one of an order's: by its package's reference, or the only one."""
    try:
        return questions.find_parcel(unit, name)
    except NoSuchParcel:
        order_id, _, reference = name.partition(".")
    found = [
        one for one in questions.parcels_of_order(unit, order_id) if not reference or one.package_reference == reference
    ]
    return _only(name, found) if found else None


def _only(name: str, found: list[Parcel]) -> Parcel:
    if len(found) > 1:
        message = f"{name} has several parcels: {', '.join(one.parcel_id for one in found)}; name one of them."
        raise InvalidInput(message)
    return found[0]


def _document(unit: UnitOfWork, parcel: Parcel, request: v1.GetParcelLabel) -> v1.LabelFile:
    document = _invoice(unit, parcel) if request.invoice else _label(unit, parcel, request.format)
    kind = ".invoice" if request.invoice else ""
    return v1.LabelFile(
        file_name=f"{parcel.parcel_id}{kind}.{_SUFFIXES[document.media_type]}",
        media_type=document.media_type,
        content=b64encode(document.content).decode(),
    )


def _invoice(unit: UnitOfWork, parcel: Parcel) -> Document:
    order_id = parcel.order_id or ""
    found = [document for name, document in documents_of(unit, order_id, "PDF") if "-invoice." in name]
    if parcel.shipment_id is not None or not found:
        message = f"Amazon wrote no invoice for parcel {parcel.parcel_id}."
        raise NotFound(message)
    return found[0]


def _label(unit: UnitOfWork, parcel: Parcel, wanted: str | None) -> Document:
    if parcel.shipment_id is not None:
        shipment = questions.find_shipment(unit, parcel.shipment_id)
        if shipment.is_voided:
            message = f"The label of parcel {parcel.parcel_id} was given back."
            raise NotFound(message)
        if wanted is not None:
            shipment.label = msgspec.structs.replace(shipment.label, format=wanted, layout="")
        order = None if parcel.order_id is None else order_of(unit, parcel.order_id)
        return label_document(shipment, order)
    documents = documents_of(unit, parcel.order_id or "", ZPL if wanted == _ZPL203 else "PDF")
    if not documents:
        message = f"Parcel {parcel.parcel_id} travels by a label that was not bought here."
        raise NotFound(message)
    if wanted not in {None, "PDF", _ZPL203}:
        message = f"The label of a package of Easy Ship is drawn as PDF or {_ZPL203}; {wanted} is none of them."
        raise InvalidArgument(message)
    return documents[0][1]


def _shown(unit: UnitOfWork, parcel: Parcel) -> v1.ShownParcel:
    shipment = None if parcel.shipment_id is None else questions.find_shipment(unit, parcel.shipment_id)
    return v1.ShownParcel(
        parcel_id=parcel.parcel_id,
        seller_id=unit.seller_id,
        order_id=parcel.order_id,
        status=parcel.status.value,
        carrier=parcel.carrier_id if shipment is None else shipment.bought.carrier_name,
        service=parcel.service,
        tracking_id=parcel.tracking_id,
        package_reference=parcel.package_reference,
        label=None if shipment is None else _shown_label(shipment),
        scans=_scans(parcel.scans),
        planned=_scans(parcel.plan),
        answers=[v1.ParcelAnswer(at=one.at, action=one.action, notes=one.notes, on=one.on) for one in parcel.answers],
        claim=None if parcel.shipment_id is None else _shown_claim(unit, parcel.shipment_id),
    )


def _shown_claim(unit: UnitOfWork, shipment_id: str) -> v1.ShownClaim | None:
    claim = questions.claim_of_shipment(unit, shipment_id)
    if claim is None:
        return None
    return v1.ShownClaim(
        claim_id=claim.claim_id,
        reason=claim.reason.value,
        settlement=claim.settlement.value,
        status=claim.status.value,
        claimed=_money(claim.worth),
        filed_at=claim.filed_at,
        decided_at=claim.decided_at,
        paid=None if claim.paid is None else _money(claim.paid),
        said=claim.said,
        is_replaced=claim.is_replaced,
        proofs=list(claim.proofs),
    )


def _money(amount: Money) -> v1.Money:
    return v1.Money(currency_code=amount.currency, amount=str(amount))


def _shown_label(shipment: Shipment) -> v1.ShownLabel:
    return v1.ShownLabel(
        shipment_id=shipment.shipment_id,
        status=shipment.status.value,
        service_id=shipment.bought.service_id,
        label_format=shipment.label.format,
        cost=_money(shipment.bought.total),
        bought_at=shipment.created_at,
        promised_at=shipment.bought.latest_at,
    )


def _scans(scans: list[Scan]) -> list[v1.ParcelScan]:
    return [v1.ParcelScan(at=one.at, status=one.status.value, place=one.place) for one in scans]
