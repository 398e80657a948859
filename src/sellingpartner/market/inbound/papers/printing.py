"""The labels of a shipment's boxes and pallets: what is wrong with the wish for some is told in Amazon's words."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.inbound.lifecycle import SHIPMENT
from sellingpartner.market.inbound.model import Box, Shipment
from sellingpartner.market.inbound.packing.boxing import boxes_going, pallets_going
from sellingpartner.market.inbound.papers.boxes import BoxSubject, Content, box_label, content_label
from sellingpartner.market.inbound.papers.documents import Kept, draws, keep_document
from sellingpartner.market.inbound.papers.pages import SIZES, Labels, printed
from sellingpartner.market.inbound.papers.pallets import SIDES, PalletSubject, pallet_label
from sellingpartner.market.inbound.papers.parties import recipient_lines, sender_lines
from sellingpartner.market.inbound.store.shipments import shipment_by_confirmation
from sellingpartner.market.shipping.labels.documents import Document, paper_of
from sellingpartner.market.shipping.labels.layout import Subject, label_of
from sellingpartner.market.shipping.labels.sheet import Sheet
from sellingpartner.storage.unit import UnitOfWork

UNIQUE, WITH_CONTENT, PALLET = "UNIQUE", "BARCODE_2D", "PALLET"
_LABELS = "shipment labels"
_MOST_ON_A_PAGE = 1000


class NoSuchShipment(InvalidInput):
    """No shipment of this seller has labels with this id.

    Assumed: in which words Amazon refuses labels, items or a bill of lading of a shipment that there is not.
    """

    def __init__(self, confirmation_id: str) -> None:
        super().__init__(f"The shipment {confirmation_id} does not exist.")


class Wanted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which labels of a shipment are wanted."""

    confirmation_id: str
    size: str
    kind: str
    box_ids: tuple[str, ...] | None = None
    boxes: int | None = None
    """How many, from the first one on."""
    pallets: int | None = None
    page_size: int | None = None
    first: int = 0
    """Assumed: a page begins after so many labels. Amazon calls it the page's start index, and does not say of what."""


def confirmed_shipment(unit: UnitOfWork, confirmation_id: str) -> Shipment:
    """The shipment on whose labels an id stands; raises `NoSuchShipment`."""
    found = shipment_by_confirmation(unit, confirmation_id)
    if found is None:
        raise NoSuchShipment(confirmation_id)
    return found


def order_labels(unit: UnitOfWork, wanted: Wanted) -> Kept:
    """Have labels drawn; raises `InvalidInput` unless there are such labels."""
    _check(unit, confirmed_shipment(unit, wanted.confirmation_id), wanted)
    return keep_document(unit, _LABELS, wanted)


@draws(_LABELS, Wanted)
def labels(unit: UnitOfWork, wanted: Wanted) -> Document:
    """The labels."""
    shipment = confirmed_shipment(unit, wanted.confirmation_id)
    made = _of_pallets(unit, shipment, wanted) if wanted.kind == PALLET else _of_boxes(unit, shipment, wanted)
    title = f"{wanted.confirmation_id} {wanted.kind.lower()} labels"
    return printed(made, SIZES[wanted.size], MARKETPLACES[shipment.marketplace_id].country_code, title)


def _check(unit: UnitOfWork, shipment: Shipment, wanted: Wanted) -> None:
    carriage = shipment.carriage
    shown = wanted.confirmation_id
    if carriage.option is None or not SHIPMENT[shipment.status]:
        raise InvalidInput(f"Carrier estimate is not yet confirmed. Cannot print labels [shipmentId {shown}]")
    only_in = SIZES[wanted.size].only_partnered_in
    country = MARKETPLACES[shipment.marketplace_id].country_code
    if only_in is not None and not (country in only_in and carriage.option.is_partnered):
        # Assumed: in which words a size is refused that a shipment has no labels of.
        raise InvalidInput(f"Page type {wanted.size} is not supported. Cannot print labels [shipmentId {shown}]")
    if wanted.kind == PALLET:
        _check_pallets(unit, shipment, wanted)
        return
    _check_boxes(unit, shipment, wanted)


def _check_boxes(unit: UnitOfWork, shipment: Shipment, wanted: Wanted) -> None:
    option, shown = shipment.carriage.option, wanted.confirmation_id
    for name, said in (("PageSize", wanted.page_size), ("NumberOfPackages", wanted.boxes)):
        if said is not None and not 1 <= said <= _MOST_ON_A_PAGE:
            raise InvalidInput(f"{name} must be from 1 to {_MOST_ON_A_PAGE}; it is {said}.")
    is_paged = option is None or not option.is_partnered or option.is_freight
    if wanted.kind == UNIQUE and wanted.box_ids is None:
        raise InvalidInput(
            "1 validation error detected: Value null at 'cartonIdList' failed to satisfy constraint: Member must not "
            "be null"
        )
    if wanted.box_ids is None and wanted.page_size is None and is_paged:
        raise InvalidInput(
            f"pageSize must be provided for Non-Partnered and LTL Shipments. Cannot print labels [shipmentId={shown}]"
        )
    if not _boxes(unit, shipment, wanted):
        raise InvalidInput("Label for shipment cannot be found!")


def _check_pallets(unit: UnitOfWork, shipment: Shipment, wanted: Wanted) -> None:
    there = sum(one.quantity for one in pallets_going(unit, shipment))
    if there == 0 and wanted.pallets is None:
        raise InvalidInput("Incorrect shipment - no pallet groups defined")
    if wanted.pallets is not None and not 1 <= wanted.pallets <= there:
        raise InvalidInput(f"Sent request for {wanted.pallets} pallets. Actual pallet count is: {there} ")
    if SIZES[wanted.size].is_thermal:
        raise InvalidInput("Label for shipment cannot be found!")


def _boxes(unit: UnitOfWork, shipment: Shipment, wanted: Wanted) -> Sequence[Box]:
    """The boxes whose labels are wanted; raises `InvalidInput` for some that are not there."""
    there = [box for box, _ in boxes_going(unit, shipment) if box.box_id is not None]
    if wanted.box_ids is not None:
        known = {box.box_id: box for box in there}
        wrong = [one for one in wanted.box_ids if one not in known]
        if wrong:
            told, shown = ", ".join(wrong[:10]), wanted.confirmation_id
            raise InvalidInput(f"Provided SellerCartonIds are not valid: [[{told}]] for Shipment: [{shown}]")
        there = [known[one] for one in wanted.box_ids]
    if wanted.boxes is not None:
        there = there[: wanted.boxes]
    return there[wanted.first :][: wanted.page_size]


def _of_boxes(unit: UnitOfWork, shipment: Shipment, wanted: Wanted) -> list[Labels]:
    tracked = {one.box_id: one.tracking_id for one in shipment.carriage.tracked}
    made = []
    for box in _boxes(unit, shipment, wanted):
        subject = _subject(unit, shipment, box)
        has_code = wanted.kind == WITH_CONTENT and bool(subject.contents)
        own = (box_label(subject), content_label(subject)) if has_code else (box_label(subject),)
        made.append(Labels(own, _carriers_label(unit, shipment, box, tracked.get(box.box_id or ""))))
    return made


def _of_pallets(unit: UnitOfWork, shipment: Shipment, wanted: Wanted) -> list[Labels]:
    option, count = shipment.carriage.option, sum(one.quantity for one in pallets_going(unit, shipment))
    made = []
    for number in range(1, (wanted.pallets or count) + 1):
        subject = PalletSubject(
            shipment_id=shipment.confirmation_id or "",
            number=number,
            count=count,
            carrier="" if option is None else option.name,
            reference=shipment.carriage.reference or "",
            recipient=recipient_lines(unit, shipment),
        )
        made.append(Labels((pallet_label(subject),) * SIDES))
    return made


def _subject(unit: UnitOfWork, shipment: Shipment, box: Box) -> BoxSubject:
    return BoxSubject(
        box_id=box.box_id or "",
        shipment_id=shipment.confirmation_id or "",
        shipment_name=shipment.name,
        number=int((box.box_id or "0")[-6:]),
        count=shipment.carriage.boxes,
        sender=sender_lines(shipment),
        recipient=recipient_lines(unit, shipment),
        contents=tuple(
            Content(fnsku=item.fnsku, sku=item.msku, quantity=item.quantity, expires_on=item.expires_on)
            for item in box.items
        ),
        created_on=f"{shipment.created_at:%Y-%m-%d}",
    )


def _carriers_label(unit: UnitOfWork, shipment: Shipment, box: Box, tracking_id: str | None) -> Sheet | None:
    """The label of Amazon's partner; other carriers print their own."""
    option = shipment.carriage.option
    if option is None or not option.is_partnered or option.is_freight or tracking_id is None:
        return None
    ready_at = shipment.carriage.ready_at
    return label_of(
        Subject(
            paper=paper_of(shipment.ship_from.country_code),
            carrier=option.name,
            service="Inbound to Amazon",
            tracking_id=tracking_id,
            order_id=None,
            sender=sender_lines(shipment),
            recipient=recipient_lines(unit, shipment),
            weight=f"{box.weight.kilograms:.3f} kg",
            ships_on="" if ready_at is None else f"{ready_at:%Y-%m-%d}",
            custom_text=box.box_id,
        )
    )
