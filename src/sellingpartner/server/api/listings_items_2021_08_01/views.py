"""Listings in the words of this version of the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from sellingpartner.contract import listings_items_2021_08_01 as api
from sellingpartner.market import attributes as reading
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Attributes, Entry
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.pictures import MAIN, pictures_of
from sellingpartner.market.listings.conditions import type_of
from sellingpartner.market.listings.locating import DEFAULT_CHANNEL
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.settling import theme_of
from sellingpartner.market.listings.telling import told
from sellingpartner.market.listings.terms import terms_of
from sellingpartner.market.product_types.questions import Fault, attributes_of_theme
from sellingpartner.server.gateway.views import view


def issue_view(fault: Fault, marketplace_id: str | None = None, exempt_until: datetime | None = None) -> api.Issue:
    """An issue, with what is done about it."""
    enforcements = None
    if fault.actions:
        status = "EXEMPT_UNTIL_EXPIRY_DATE" if exempt_until else fault.exemption or "NOT_EXEMPT"
        if status == "EXEMPT_UNTIL_EXPIRY_DATE" and exempt_until is None:
            status = "NOT_EXEMPT"
        enforcements = api.IssueEnforcements(
            actions=[api.IssueEnforcementAction(action=action) for action in fault.actions],
            exemption=api.IssueExemption(status=api.IssueExemptionStatus(status), expiry_date=exempt_until),
        )
    return api.Issue(
        code=fault.code,
        message=fault.message,
        severity=api.Severity(fault.severity),
        attribute_names=list(fault.attribute_names) or None,
        categories=list(fault.categories),
        enforcements=enforcements,
        marketplace_ids=None if marketplace_id is None else [marketplace_id],
    )


class Shown(msgspec.Struct, frozen=True):
    """A listing with what else is shown of it, as far as that is asked for."""

    record: Record
    now: datetime
    """The moment, where terms or exemptions may be others than when the record was written."""
    item: Item | None = None
    """The product as the catalog has it."""
    available: int = 0
    """How many units can still be promised."""
    at_sources: tuple[tuple[str, int], ...] = ()
    """How many of them lie at which supply source, by its code."""
    children: tuple[str, ...] = ()
    """The SKUs that name it as their parent."""
    containers: tuple[str, ...] = ()
    """The SKUs of cases and pallets that hold it."""

    def available_through(self, code: object) -> int:
        """How many units a channel has: a source's own, or those that are shown of no source."""
        there = dict(self.at_sources)
        return there.get(str(code), 0) if code != DEFAULT_CHANNEL else self.available - sum(there.values())


class Asked(msgspec.Struct, frozen=True):
    """A SKU in some marketplaces, and what of it is to be shown."""

    sku: str
    shown: tuple[Shown, ...]
    included: frozenset[str]
    locale: str | None
    origin: str


@view
def item_view(asked: Asked) -> api.Item:
    """A SKU in some marketplaces, with the parts that are asked for."""
    parts = {_FIELDS[name]: make(asked) for name, make in _PARTS.items() if name in asked.included}
    return api.Item(sku=asked.sku, **parts)


def _summaries(asked: Asked) -> list[api.ItemSummaryByMarketplace]:
    """A listing whose product is not found yet has no summary."""
    return [_summary(one, asked.origin) for one in asked.shown if one.record.asin is not None]


def _summary(one: Shown, origin: str) -> api.ItemSummaryByMarketplace:
    record, item = one.record, one.item
    return api.ItemSummaryByMarketplace(
        marketplace_id=record.marketplace_id,
        asin=record.asin,
        product_type=record.product_type,
        condition_type=_condition(record),
        status=[api.ItemSummaryByMarketplaceStatus(status) for status in record.shown],
        fn_sku=record.fnsku,
        item_name=_title(record, item),
        created_date=record.created_at,
        last_updated_date=record.updated_at,
        main_image=None if item is None else _main_image(item, record.marketplace_id, origin),
    )


def _title(record: Record, item: Item | None) -> str | None:
    """What the seller calls it, or else the catalog."""
    own = _title_in(record.attributes, record.marketplace_id)
    return own or (None if item is None else _title_in(item.document, record.marketplace_id))


def _main_image(item: Item, marketplace_id: str, origin: str) -> api.ItemImage | None:
    for picture in pictures_of(item, marketplace_id, origin):
        if picture.variant == MAIN:
            return api.ItemImage(link=picture.link, height=picture.size, width=picture.size)
    return None


def _condition(record: Record) -> api.ConditionType | None:
    """The condition, if there is an offer."""
    found = type_of(record.condition, record.condition_subtype)
    return None if found is None or record.price_minor is None else api.ConditionType(found)


def _title_in(attributes: bytes, marketplace_id: str) -> str | None:
    """The title that attributes say."""
    return reading.text(reading.decode(attributes), "item_name", marketplace_id)


def _attributes(asked: Asked) -> Any:  # noqa: ANN401 - attributes, or their bytes as they are kept
    """As they were put, byte for byte; of the quantity there is what can still be promised."""
    if len(asked.shown) == 1:
        return _live_attributes(asked.shown[0])
    together: Attributes = {}
    for one in asked.shown:
        for name, entries in _decoded(_live_attributes(one)).items():
            held = together.setdefault(name, [])
            held += [entry for entry in entries if entry not in held]
    return together


def _decoded(said: msgspec.Raw | Attributes) -> Attributes:
    return reading.decode(bytes(said)) if isinstance(said, msgspec.Raw) else said


def _live_attributes(one: Shown) -> msgspec.Raw | Attributes:
    record = one.record
    if b'"quantity"' not in record.attributes:
        return msgspec.Raw(record.attributes)
    attributes = reading.decode(record.attributes)
    live = [_live_entry(one, entry) for entry in attributes.get(_AVAILABILITY, [])]
    if live == attributes.get(_AVAILABILITY, []):
        return msgspec.Raw(record.attributes)
    return {**attributes, _AVAILABILITY: live}


def _live_entry(one: Shown, entry: Entry) -> Entry:
    if "quantity" not in entry:
        return entry
    available = one.available_through(entry.get("fulfillment_channel_code")) if one.at_sources else one.available
    return entry if entry["quantity"] == available else {**entry, "quantity": available}


def _issues(asked: Asked) -> list[api.Issue]:
    return [
        issue_view(told(issue, one.record.marketplace_id, asked.locale), one.record.marketplace_id, issue.exempt_until)
        for one in asked.shown
        for issue in one.record.issues
    ]


def _offers(asked: Asked) -> list[api.ItemOfferByMarketplace]:
    found: list[api.ItemOfferByMarketplace] = []
    for one in asked.shown:
        if one.record.asin is None:
            continue
        terms = terms_of(reading.decode(one.record.attributes), one.record.marketplace_id, one.now)
        prices = ((api.OfferType.B2C, terms.price), (api.OfferType.B2B, terms.business_price))
        found += [_offer(one.record, kind, price) for kind, price in prices if price is not None and terms.is_open]
    return found


def _offer(record: Record, kind: api.OfferType, price: Money) -> api.ItemOfferByMarketplace:
    """Assumed: Amazon calls the audiences of offers Sell on Amazon (ALL) and Amazon Business (B2B)."""
    value, name = _AUDIENCES[kind]
    return api.ItemOfferByMarketplace(
        marketplace_id=record.marketplace_id,
        offer_type=kind,
        price=api.Money(currency_code=price.currency, amount=str(price)),
        audience=api.Audience(value=value, display_name=name),
    )


def _availability(asked: Asked) -> list[api.FulfillmentAvailability]:
    """By channel. Assumed: of what Amazon keeps no quantity is told here; the FBA Inventory API tells it."""
    found: dict[str, api.FulfillmentAvailability] = {}
    for one in asked.shown:
        terms = terms_of(reading.decode(one.record.attributes), one.record.marketplace_id, one.now)
        code = terms.channel_code
        says_default = not terms.at_sources or DEFAULT_CHANNEL.encode() in one.record.attributes
        if code is not None and code not in found and says_default:
            quantity = one.available_through(code) if code == DEFAULT_CHANNEL else None
            found[code] = api.FulfillmentAvailability(fulfillment_channel_code=code, quantity=quantity)
        for source, _ in terms.at_sources:
            quantity = one.available_through(source)
            found.setdefault(source, api.FulfillmentAvailability(fulfillment_channel_code=source, quantity=quantity))
    return list(found.values())


def _procurement(_: Asked) -> list[api.ItemProcurement]:
    """What Amazon pays a vendor. Differs: listings here are sellers' alone, of which nothing is procured."""
    return []


def _relationships(asked: Asked) -> list[api.ItemRelationshipsByMarketplace]:
    found = ((one, _of_family(one) + _of_packages(one)) for one in asked.shown)
    return [
        api.ItemRelationshipsByMarketplace(marketplace_id=one.record.marketplace_id, relationships=relationships)
        for one, relationships in found
        if relationships
    ]


def _of_family(one: Shown) -> list[api.ItemRelationship]:
    children, parent = list(one.children), one.record.parent_sku
    if not children and parent is None:
        return []
    theme = theme_of(reading.decode(one.record.attributes))
    differs = None
    if theme is not None:
        differs = api.ItemVariationTheme(attributes=attributes_of_theme(theme), theme=theme)
    return [
        api.ItemRelationship(
            child_skus=children or None,
            parent_skus=None if parent is None else [parent],
            variation_theme=differs,
            type=api.Type.VARIATION,
        )
    ]


def _of_packages(one: Shown) -> list[api.ItemRelationship]:
    containers, contained = list(one.containers), one.record.contains_sku
    if not containers and contained is None:
        return []
    return [
        api.ItemRelationship(
            child_skus=None if contained is None else [contained],
            parent_skus=containers or None,
            type=api.Type.PACKAGE_HIERARCHY,
        )
    ]


def _product_types(asked: Asked) -> list[api.ItemProductTypeByMarketplace]:
    return [
        api.ItemProductTypeByMarketplace(marketplace_id=one.record.marketplace_id, product_type=one.record.product_type)
        for one in asked.shown
    ]


_AVAILABILITY = "fulfillment_availability"
_AUDIENCES = {api.OfferType.B2C: ("ALL", "Sell on Amazon"), api.OfferType.B2B: ("B2B", "Amazon Business")}
_PARTS: dict[str, Callable[[Asked], Any]] = {
    "summaries": _summaries,
    "attributes": _attributes,
    "issues": _issues,
    "offers": _offers,
    "fulfillmentAvailability": _availability,
    "procurement": _procurement,
    "relationships": _relationships,
    "productTypes": _product_types,
}
_FIELDS = {name: "".join(f"_{c.lower()}" if c.isupper() else c for c in name) for name in _PARTS}
