"""Shipments and items as v0 shows them."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_inbound_v0 as api
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.model import BY_FEED, ContentSource, Owner, PlanItem, Shipment

PREPARATIONS = {
    "ITEM_POLYBAGGING": api.PrepInstruction.POLYBAGGING,
    "ITEM_BUBBLEWRAP": api.PrepInstruction.BUBBLE_WRAPPING,
    "ITEM_TAPING": api.PrepInstruction.TAPING,
    "ITEM_BLACK_SHRINKWRAP": api.PrepInstruction.BLACK_SHRINK_WRAPPING,
    "ITEM_LABELING": api.PrepInstruction.LABELING,
    "ITEM_HANG_GARMENT": api.PrepInstruction.HANG_GARMENT,
    "ITEM_SETCREAT": api.PrepInstruction.SET_CREATION,
    "ITEM_BOXING": api.PrepInstruction.BOXING,
    "ITEM_RMOVHANG": api.PrepInstruction.REMOVE_FROM_HANGER,
    "ITEM_DEBUNDLE": api.PrepInstruction.DEBUNDLE,
    "ITEM_SUFFOSTK": api.PrepInstruction.SUFFOCATION_STICKERING,
    "ITEM_CAP_SEALING": api.PrepInstruction.CAP_SEALING,
    "ITEM_SETSTK": api.PrepInstruction.SET_STICKERING,
    "ITEM_SIOC": api.PrepInstruction.SHIPS_IN_PRODUCT_PACKAGING,
    "ITEM_NO_PREP": api.PrepInstruction.NO_PREP,
}
"""What is done to units, by its name in 2024-03-20."""

SHOWN_AS = {
    ShipmentStatus.READY_TO_SHIP: ShipmentStatus.WORKING,
    ShipmentStatus.MIXED: ShipmentStatus.IN_TRANSIT,
}
"""As what this version shows what it has no name of. Assumed: what has come in part is in transit."""

_CONTENTS: dict[str | None, api.BoxContentsSource] = {
    ContentSource.PROVIDED: api.BoxContentsSource.INTERACTIVE,
    ContentSource.BARCODE: api.BoxContentsSource.VALUE_2D_BARCODE,
    ContentSource.MANUAL: api.BoxContentsSource.NONE,
    BY_FEED: api.BoxContentsSource.FEED,
    None: api.BoxContentsSource.NONE,
}


def shipment_info(shipment: Shipment) -> api.InboundShipmentInfo:
    """A shipment."""
    source, status = shipment.ship_from, shipment.status
    shown = SHOWN_AS.get(status, status)
    return api.InboundShipmentInfo(
        shipment_id=shipment.confirmation_id,
        shipment_name=shipment.name,
        ship_from_address=api.Address(
            name=source.name,
            address_line1=source.line_1,
            address_line2=source.line_2,
            district_or_county=None if source.district is None else source.district[:25],
            city=source.city,
            state_or_province_code=source.state or "",
            country_code=source.country_code,
            postal_code=source.postal_code,
        ),
        destination_fulfillment_center_id=shipment.center,
        shipment_status=api.ShipmentStatus(shown.value),
        label_prep_type=_labeled(shipment),
        are_cases_required=False,
        box_contents_source=_CONTENTS[shipment.carriage.contents],
    )


def item_views(shipment: Shipment) -> list[api.InboundShipmentItem]:
    """The items of a shipment."""
    return [_item(shipment, item) for item in shipment.items]


def _item(shipment: Shipment, item: PlanItem) -> api.InboundShipmentItem:
    done = [one for one in item.instructions if one.prep_type in PREPARATIONS and one.owner is not Owner.NONE]
    return api.InboundShipmentItem(
        shipment_id=shipment.confirmation_id,
        seller_sku=item.msku,
        fulfillment_network_sku=item.fnsku,
        quantity_shipped=item.quantity,
        quantity_received=shipment.received.get(item.msku, 0),
        quantity_in_case=0,
        prep_details_list=[
            api.PrepDetails(prep_instruction=PREPARATIONS[one.prep_type], prep_owner=api.PrepOwner(one.owner.value))
            for one in done
        ],
    )


def _labeled(shipment: Shipment) -> api.LabelPrepType:
    owners = {item.label_owner for item in shipment.items}
    if Owner.AMAZON in owners:
        return api.LabelPrepType.AMAZON_LABEL
    return api.LabelPrepType.SELLER_LABEL if Owner.SELLER in owners else api.LabelPrepType.NO_LABEL
