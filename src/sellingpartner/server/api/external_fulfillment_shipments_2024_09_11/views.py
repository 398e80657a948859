"""A shipment as the API shows it: what its location does with it, beside what its order says."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime

from sellingpartner.contract import external_fulfillment_shipments_2024_09_11 as api
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.external.lifecycle import REJECTABLE
from sellingpartner.market.external.model import ExternalShipment, Line, Measure, Package, Packed, Ships
from sellingpartner.market.external.questions import crosses_a_border, needs_invoice, shipments_of_order
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import PaymentMethod
from sellingpartner.market.orders.reading.showing import ADDRESSED
from sellingpartner.storage.unit import UnitOfWork

CHANNEL = "MFN"
_SLOW = frozenset({Service.STANDARD, Service.FREE_ECONOMY, Service.SCHEDULED})
_FAST = frozenset({Service.NEXT_DAY, Service.SAME_DAY})
_INDIA = "IN"
_UNTAXED_TYPES = frozenset({"US", "CA"})
_REQUIRED, _DISALLOWED = api.RequirementLevel.REQUIRED, api.RequirementLevel.DISALLOWED


def shipment_view(unit: UnitOfWork, shipment: ExternalShipment, order: Order) -> api.Shipment:
    """The whole of it."""
    amounts = [order.item(line.order_item_id).some(line.units).amounts for line in shipment.lines]
    return api.Shipment(
        id=shipment.shipment_id,
        location_id=shipment.supply_source_id,
        marketplace_attributes=_attributes(unit, order),
        shipment_info=_info(unit, shipment, order),
        invoice_info=None
        if shipment.invoice is None
        else api.InvoiceInfo(
            invoice_id=shipment.invoice.number, creation_date_time=moment(shipment.invoice.written_at)
        ),
        shipment_requirements=_requirements(unit, shipment),
        charges=_charges(order, amounts),
        status=api.ShipmentStatus(shipment.status.value),
        sub_status=None if shipment.sub_status is None else api.SubStatus(shipment.sub_status),
        reason=shipment.reason,
        line_items=[_line(unit, shipment, line, order) for line in shipment.lines],
        shipping_info=api.ShippingInfo(
            recommended_ship_method=order.service_level,
            expected_shipping_date_time_in_utc=moment(shipment.ships_by),
            ship_to_address=_address(shipment, order),
            shipping_type=api.ShippingType(shipment.ships.value),
        ),
        packages=[_package(one) for one in shipment.packages] or None,
        creation_date_time=moment(shipment.created_at),
        last_updated_date_time=moment(shipment.updated_at),
        earliest_pack_date_time=moment(shipment.packs_at),
    )


def moment(at: datetime) -> str:
    """A moment as the API writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _attributes(unit: UnitOfWork, order: Order) -> api.MarketplaceAttributes:
    marks = []
    if order.is_prime:
        marks.append(api.CustomChannelAttributeItem.PRIME)
    if order.service in _FAST:
        marks.append(api.CustomChannelAttributeItem.FASTTRACK)
    return api.MarketplaceAttributes(
        marketplace_id=order.marketplace_id,
        channel_name=CHANNEL,
        merchant_id=unit.seller_id,
        custom_attributes=marks or None,
    )


def _info(unit: UnitOfWork, shipment: ExternalShipment, order: Order) -> api.ShipmentInfo:
    is_urgent = order.is_prime or order.service not in _SLOW
    replaced = None if order.replaces_order_id is None else shipments_of_order(unit, order.replaces_order_id)
    original = None
    if replaced:
        original = api.ReplacedShipmentInfo(
            id=replaced[0].shipment_id,
            location_id=replaced[0].supply_source_id,
            marketplace_attributes=_attributes(unit, order),
        )
    is_cod = order.payment_method is PaymentMethod.COD
    return api.ShipmentInfo(
        shipment_type=api.ShipmentType.NEW if order.replaces_order_id is None else api.ShipmentType.REPLACEMENT,
        original_shipment_info=original,
        number_of_units=sum(line.units for line in shipment.lines),
        priority=api.Priority.HIGH if is_urgent else api.Priority.LOW,
        buyer_order_id=order.order_id,
        order_states_eligible_for_rejection=[one.value for one in REJECTABLE],
        order_placed_timestamp=str(int(order.purchased_at.timestamp() * 1000)),
        processing_source=api.ProcessingSource.EXTERNAL_PLATFORM
        if shipment.is_outside
        else api.ProcessingSource.INTERNAL_PLATFORM,
        payment_method=api.PaymentMethod.CASH_ON_DELIVERY if is_cod else api.PaymentMethod.PREPAID,
    )


def _requirements(unit: UnitOfWork, shipment: ExternalShipment) -> api.ShipmentRequirements:
    is_needed, is_there = needs_invoice(unit, shipment), shipment.invoice is not None
    waits = api.InvoiceRequirementStatus.PENDING if is_needed else api.InvoiceRequirementStatus.NOT_AVAILABLE
    return api.ShipmentRequirements(
        p_slip=api.PackingSlipRequirement(
            requirement=api.Requirement.NOT_REQUIRED, status=api.PackingSlipRequirementStatus.NOT_GENERATED
        ),
        invoice=api.InvoiceRequirement(
            requirement=api.Requirement.REQUIRED if is_needed else api.Requirement.NOT_REQUIRED,
            status=api.InvoiceRequirementStatus.AVAILABLE if is_there else waits,
        ),
    )


def _line(unit: UnitOfWork, shipment: ExternalShipment, line: Line, order: Order) -> api.ShipmentLineItem:
    item = order.item(line.order_item_id)
    customs = _REQUIRED if crosses_a_border(unit, shipment) else _DISALLOWED
    return api.ShipmentLineItem(
        shipment_line_item_id=line.line_id,
        merchant_sku=line.sku,
        number_of_units=line.units,
        piece_type=api.PieceType.SINGLE,
        gift_attributes=_gift(item),
        charges=_charges(order, [item.some(line.units).amounts]),
        cancellations=[
            api.Cancellation(
                cancelled_quantity=one.units,
                cancelled_timestamp=moment(one.at),
                cancellation_type=api.CancellationType(one.by.value),
                cancellation_reason=one.reason,
            )
            for one in line.canceled
        ]
        or None,
        compliance_attributes=api.ComplianceAttributes(
            hazmat_labels_requirement=_DISALLOWED,
            serial_number_requirement=_DISALLOWED,
            country_of_origin_requirement=customs,
            item_value_requirement=customs,
        ),
    )


def _gift(item: OrderItem) -> api.GiftAttributes:
    message = None
    if item.gift_message is not None:
        content = b64encode(item.gift_message.encode()).decode()
        message = api.Document(format=api.Format.PLAIN_TEXT, content=content)
    return api.GiftAttributes(
        gift_wrap_requirement=_DISALLOWED if item.gift_wrap_level is None else _REQUIRED,
        gift_wrap_label=item.gift_wrap_level,
        gift_message_presence=api.PresenceStatus.ABSENT if message is None else api.PresenceStatus.PRESENT,
        gift_message=message,
    )


def _address(shipment: ExternalShipment, order: Order) -> api.Address | None:
    """Where it goes; all of it where the seller brings it, else what taxes go by.

    Assumed: of a shipment that the marketplace's carriers bring, only town, state, postal code and country are shown.
    """
    said = order.address
    if order.status not in ADDRESSED or not said.postal_code:
        return None
    town = api.Address(
        city=(said.city or "")[:50] or None,
        state=said.state_or_region,
        country_code=said.country_code,
        postal_code=said.postal_code[:20],
    )
    if shipment.ships is Ships.MARKETPLACE:
        return town
    return api.Address(
        name=said.name[:50] or None,
        address_line1=(said.line_1 or "")[:60] or None,
        address_line2=(said.line_2 or "")[:60] or None,
        address_line3=(said.line_3 or "")[:60] or None,
        district=said.district,
        city=town.city,
        state=town.state,
        country_code=town.country_code,
        postal_code=town.postal_code,
        phone_number=(said.phone or "")[:20] or None,
    )


def _package(package: Package) -> api.Package:
    return api.Package(
        id=package.package_id,
        dimensions=api.PackageDimensions(
            length=_side(package.length), width=_side(package.width), height=_side(package.height)
        ),
        weight=api.Weight(value=package.weight.value, weight_unit=api.WeightUnit(package.weight.unit)),
        hazmat_labels=list(package.hazmat_labels),
        package_line_items=[_packed(one) for one in package.packed],
        status=api.PackageStatusChoice(package.status.value),
        package_handling_requirements=None
        if package.handling is None
        else api.PackageHandlingRequirements(package.handling),
    )


def _side(said: Measure) -> api.Dimension:
    return api.Dimension(value=said.value, dimension_unit=api.DimensionUnit(said.unit))


def _packed(packed: Packed) -> api.PackageLineItem:
    return api.PackageLineItem(
        package_line_item_id=packed.line_id,
        quantity=packed.units,
        serial_numbers=list(packed.serial_numbers),
        pieces=packed.pieces,
        country_of_origin=packed.country_of_origin,
        item_value=None if packed.value is None else api.Amount(value=packed.value[0], currency_code=packed.value[1]),
    )


def _charges(order: Order, amounts: Iterable[LineAmounts]) -> list[api.Charge]:
    """What the buyer pays for units, before tax and with it: for the goods, their shipping, their wrapping, in all."""
    parts: dict[api.ChargeType, list[int]] = {}
    for one in amounts:
        for kind, figures in _figures(one):
            known = parts.setdefault(kind, [0, 0, 0, 0])
            parts[kind] = [have + more for have, more in zip(known, figures, strict=True)]
    total = [sum(figures) for figures in zip(*parts.values(), strict=True)]
    shown = {kind: figures for kind, figures in parts.items() if any(figures) or kind is api.ChargeType.PRODUCT}
    return [_charge(order, kind, figures) for kind, figures in (*shown.items(), (api.ChargeType.TOTAL, total))]


def _figures(one: LineAmounts) -> list[tuple[api.ChargeType, tuple[int, int, int, int]]]:
    """Of each kind of charge what it is before tax, what is taken off, and the tax on both."""
    said = (
        (api.ChargeType.PRODUCT, one.price, one.promotion_discount, one.tax, one.promotion_discount_tax),
        (api.ChargeType.SHIPPING, one.shipping, one.shipping_discount, one.shipping_tax, one.shipping_discount_tax),
        (api.ChargeType.GIFT_WRAP, one.gift_wrap, 0, one.gift_wrap_tax, 0),
        (api.ChargeType.OTHER, one.cod_fee, 0, 0, 0),
    )
    if not one.tax_included:
        return [(kind, (base, off, tax, tax_off)) for kind, base, off, tax, tax_off in said]
    return [(kind, (base - tax, off - tax_off, tax, tax_off)) for kind, base, off, tax, tax_off in said]


def _charge(order: Order, kind: api.ChargeType, figures: list[int]) -> api.Charge:
    base, off, tax, tax_off = figures
    country = MARKETPLACES[order.marketplace_id].country_code
    sort = api.TaxType.IGST if country == _INDIA else api.TaxType.VAT
    if country in _UNTAXED_TYPES:
        sort = api.TaxType.OTHER
    taxed = _breakup(order, tax, tax_off)
    return api.Charge(
        base_charge=_breakup(order, base, off),
        tax_breakup=[api.Tax(type=sort, charge=taxed)] if tax else None,
        charge_type=kind,
        total_charge=_breakup(order, base + tax, off + tax_off),
        total_tax=api.Tax(type=api.TaxType.TOTAL, charge=taxed),
    )


def _breakup(order: Order, base: int, off: int) -> api.ChargeBreakup:
    return api.ChargeBreakup(
        base_amount=_amount(order, base), discount_amount=_amount(order, off), net_amount=_amount(order, base - off)
    )


def _amount(order: Order, minor: int) -> api.Amount:
    return api.Amount(value=str(Money(minor, order.currency)), currency_code=order.currency)
