"""What a seller says in 2026-07-04, as the outbound context has it.

Assumed: amazonSku is the seller's SKU; an order's number and date on the packing slip are those of the slip's template,
or else its own number and the moment.
"""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.counted import counted
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.outbound.asking import Asked, AskedItem
from sellingpartner.market.outbound.lifecycle import Action, Policy
from sellingpartner.market.outbound.model import Collection, DropOff, Notified, PackingSlip, Payment, Window
from sellingpartner.server.api.fulfillment_outbound_2020_07_01.reading import amount_of, moment
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.words import ACTIONS, POLICIES, meant, tier_of, units_of
from sellingpartner.server.api.outbound_addresses import read_address

BLANK_BOX, OVERBOX, PACKING_SLIP = "BLANK_BOX", "OVERBOX", "PACKING_SLIP"
_PACKAGING = {"UNBRANDED": "Required", "ANY": "NotRequired"}
_NEEDS = {"REQUIRED": "Required", "NOT_REQUIRED": "NotRequired"}
_NUMBER, _DATE, _TEXT = "orderId", "orderTime", "orderText"
_LONGEST_TEXT, _LONGEST_ID = 750, 40


def asked_of(request: v2026.CreateOrder, marketplace_id: str, country: str, now: datetime) -> Asked:
    """An order, before it is one."""
    wanted = request.fulfillment_configuration or v2026.OrderFulfillmentConfiguration()
    level, services = wanted.service_level, wanted.services or v2026.OrderServices()
    tiers = (level.service_tiers if level is not None else None) or ["STANDARD"]
    slip = slip_of(services.packaging.packing_slip if services.packaging is not None else None)
    said = slip.attributes if slip is not None else {}
    address = request.destination.delivery_address
    return Asked(
        fulfillment_order_id=_checked_id(request.order_id),
        items=tuple(_item(line) for line in request.line_items),
        address=address_of(address),
        speed=tier_of(tiers[0], country),
        marketplace_id=marketplace_id,
        displayable_id=said.get(_NUMBER, request.order_id)[:_LONGEST_ID],
        displayable_at=_date(said.get(_DATE), now),
        comment=said.get(_TEXT, "")[:_LONGEST_TEXT],
        action=meant(wanted.action, ACTIONS, "action", Action.SHIP),
        policy=meant(wanted.policy, POLICIES, "policy", Policy.FILL_OR_KILL),
        window=_window(level),
        drop_off=_drop_off(request.destination),
        collection=Collection() if any(_collected(line) for line in request.line_items) else None,
        from_country=request.origin.country_code if request.origin is not None else None,
        notified=(Notified(address.email),) if address.email else (),
        features=features_of(services),
        payments=_payments(request.payment_information),
        slip=slip,
        channel=request.channel,
    )


def address_of(said: v2026.Address) -> Address:
    """Where something is to go."""
    country = said.country_code
    if not (country.isascii() and country.isalpha() and country.isupper()):
        message = f"countryCode is {country!r}; it must be two capital letters, such as US."
        raise InvalidInput(message)
    return read_address(said, country)


def features_of(services: v2026.OrderServices | v2026.PreviewServices) -> dict[str, str]:
    """The features that services mean.

    Assumed: additional services are the features that have no place of their own, by the names of 2020-07-01, and each
    is REQUIRED or NOT_REQUIRED.
    """
    found: dict[str, str] = {}
    packaging = services.packaging
    if packaging is not None and packaging.packaging_option is not None:
        found[BLANK_BOX] = _of(packaging.packaging_option, _PACKAGING, "packagingOption")
    if packaging is not None and packaging.overbox is not None:
        found[OVERBOX] = _of(packaging.overbox, _NEEDS, "overbox")
    if isinstance(packaging, v2026.PackagingService) and packaging.packing_slip is not None:
        found[PACKING_SLIP] = "Required"
    for name, need in (services.additional or {}).items():
        found[name] = _of(need, _NEEDS, name[:40])
    return found


def slip_of(said: v2026.OrderPackingSlip | None) -> PackingSlip | None:
    """What is printed on a slip."""
    if said is None:
        return None
    return PackingSlip(template=said.template_name, attributes=dict(said.template_attributes or {}))


def money_of(said: v2026.Money | None) -> Money | None:
    """An amount; raises `InvalidInput` for what is none."""
    return None if said is None else amount_of(said.amount, said.currency_code)


def _checked_id(order_id: str) -> str:
    if len(order_id) > _LONGEST_ID:
        message = f"orderId has {counted(len(order_id), 'character')}; it must have {_LONGEST_ID} at most."
        raise InvalidInput(message)
    return order_id


def _item(line: v2026.CreateOrderLineItem) -> AskedItem:
    services = line.fulfillment_configuration.services if line.fulfillment_configuration is not None else None
    packaging = services.packaging if services is not None else None
    slip = slip_of(packaging.packing_slip if packaging is not None else None)
    said = slip.attributes if slip is not None else {}
    return AskedItem(
        item_id=line.line_item_id[:50],
        sku=line.product.product_identifier.amazon_sku,
        quantity=units_of(line.amount),
        gift_message=said.get("giftMessage"),
        comment=said.get("lineItemText"),
        declared=money_of(line.product.per_unit_declared_value),
        price=_collected(line),
        slip=slip,
    )


def _collected(line: v2026.CreateOrderLineItem) -> Money | None:
    """What is collected for a unit on delivery."""
    services = line.fulfillment_configuration.services if line.fulfillment_configuration is not None else None
    delivery = services.delivery if services is not None else None
    on_delivery = delivery.payment_on_delivery if delivery is not None else None
    return money_of(on_delivery.per_unit_service_price if on_delivery is not None else None)


def _window(level: v2026.ServiceLevel | None) -> Window | None:
    said = level.delivery_interval if level is not None else None
    return None if said is None else Window(moment(said.start_time), moment(said.end_time))


def _drop_off(said: v2026.OrderDestination) -> DropOff | None:
    place = said.drop_off_location
    if said.delivery_notes is None and place is None:
        return None
    attributes = {} if place is None else {name: str(value) for name, value in (place.attributes or {}).items()}
    return DropOff(
        instructions=said.delivery_notes, place=place.type if place is not None else None, attributes=attributes
    )


def _payments(said: v2026.PaymentInformation | None) -> tuple[Payment, ...]:
    if said is None:
        return ()
    return tuple(
        Payment(
            payment_id=one.payment_id or "",
            method=one.payment_method or "",
            paid_at=None if one.payment_time is None else moment(one.payment_time),
        )
        for one in said.payments or ()
    )


def _date(said: str | None, now: datetime) -> datetime:
    if said is None:
        return now
    try:
        return moment(datetime.fromisoformat(said))
    except ValueError:
        message = f"orderTime is {said[:40]!r}; it must be a time such as 2026-07-01T10:00:00Z."
        raise InvalidInput(message) from None


def _of(said: str, words: dict[str, str], name: str) -> str:
    if said not in words:
        message = f"{name} is {said[:40]!r}; it must be one of {', '.join(words)}."
        raise InvalidInput(message)
    return words[said]
