"""What was sold and given back, as the ledger has it: the lines that reports on taxes tell of.

Each line of an entry is told with its price, shipping and gift wrap, each net of tax, with the tax on it, and with
what promotions took off; all sums are those that were posted, so a report agrees with the ledger to the cent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.model import Seller
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.centers.questions import center_or_first
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.ledger.model import Entry, EntryKind, EntryLine
from sellingpartner.market.money.ledger.questions import EntryFilter, batches_of_entries, legs_of
from sellingpartner.market.orders.identifiers import shipping_id_of
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.packages import Package
from sellingpartner.market.orders.questions import orders_by_id
from sellingpartner.market.orders.taxes.collecting import collection_of, sale_of
from sellingpartner.market.orders.taxes.rates import rule_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.storage.unit import UnitOfWork

_BACK = (EntryKind.REFUND, EntryKind.GUARANTEE_CLAIM, EntryKind.CHARGEBACK)
_KINDS = tuple(kind.value for kind in (EntryKind.SALE, *_BACK))
_WITHHELD = ("MarketplaceFacilitatorTax-", "MarketplaceFacilitatorVAT-", "LowValueGoodsTax-")


class Part(NamedTuple):
    """The price, the shipping or the gift wrap of a line: below zero where it was given back."""

    net: int
    tax: int
    promo_net: int
    promo_tax: int
    """What a promotion took off, and the tax on that: of the other sign."""
    withheld: int
    """The tax that the marketplace kept of it, of the same sign as the tax."""

    @property
    def due(self) -> int:
        """The tax after promotions."""
        return self.tax + self.promo_tax


class Origin(NamedTuple):
    """Where goods left from."""

    city: str
    state: str
    country: str
    postal_code: str
    code: str
    """The fulfillment center, if it was one."""


class TaxedLine(NamedTuple):
    """A line of an entry."""

    entry: Entry
    number: int
    line: EntryLine
    order: Order
    item: OrderItem
    shipment_id: str
    package: Package | None
    """In which it left."""
    seller: Seller
    price: Part
    shipping: Part
    gift_wrap: Part
    effects: Counter[str]
    """All that was posted for it, by component, by its effect on the seller."""

    @property
    def shipped_at(self) -> datetime | None:
        """When it left."""
        return None if self.package is None else self.package.shipped_at

    @property
    def is_back(self) -> bool:
        """Whether money was given back."""
        return self.entry.kind in _BACK

    @property
    def parts(self) -> tuple[tuple[str, Part], ...]:
        """The parts by Amazon's names."""
        return (("OUR_PRICE", self.price), ("SHIPPING", self.shipping), ("GIFTWRAP", self.gift_wrap))

    @property
    def rate(self) -> Decimal:
        """The rate of the tax; zero where none was taken."""
        return rule_of(self.order).rate if any(part.tax for _, part in self.parts) else Decimal(0)

    @property
    def is_collected(self) -> bool:
        """Whether the marketplace, and not the seller, owes the tax to the tax office."""
        return any(part.withheld for _, part in self.parts) or collection_of(sale_of(self.order)) is not None

    @property
    def origin(self) -> Origin:
        """Where the goods left from."""
        country = self.order.from_country or MARKETPLACES[self.order.marketplace_id].country_code
        if self.order.channel is FulfillmentChannel.AFN:
            center = center_or_first(None if self.package is None else self.package.center, country)
            return Origin(center.city, center.state, center.country_code, center.postal_code, center.code)
        known = self.seller.profile.business or self.seller.profile.contact
        if known is None:
            return Origin("", "", country, "", "")
        at = known.address
        return Origin(at.city or "", at.state or "", at.country_code, at.postal_code or "", "")


def taxed_in_time(unit: UnitOfWork, asked: Asked) -> Iterator[TaxedLine]:
    """The lines of all sales and refunds that were posted in a report's time."""
    yield from taxed_between(unit, asked.start, asked.end, asked.marketplace_ids)


def taxed_between(
    unit: UnitOfWork, start: datetime, end: datetime, marketplace_ids: tuple[str, ...]
) -> Iterator[TaxedLine]:
    """The lines of all sales and refunds that were posted in some time in some marketplaces."""
    seller = seller_of(unit, unit.seller_id)
    for batch in batches_of_entries(unit, EntryFilter(after=start, before=end, kinds=_KINDS)):
        entries = [one for one in batch if one.marketplace_id in marketplace_ids and one.order_id is not None]
        orders = orders_by_id(unit, [one.order_id for one in entries if one.order_id is not None])
        legs = legs_of(unit, [one.entry_id for one in entries])
        for entry in entries:
            effects: dict[int, Counter[str]] = {}
            for leg in legs[entry.entry_id]:
                effects.setdefault(leg.line, Counter())[leg.component] += leg.effect
            yield from _lines(entry, orders[entry.order_id or ""], effects, seller)


def _lines(entry: Entry, order: Order, effects: dict[int, Counter[str]], seller: Seller) -> Iterator[TaxedLine]:
    reference = entry.detail.shipment_id or (order.packages[-1].reference if order.packages else "")
    package = order.package(reference)
    shipment_id = shipping_id_of(order.order_id, reference) if reference else ""
    for number, line in enumerate(entry.detail.lines, 1):
        found = effects.get(number, Counter())
        price, shipping, gift_wrap = _parts(found)
        yield TaxedLine(
            entry=entry,
            number=number,
            line=line,
            order=order,
            item=order.item(line.order_item_id),
            shipment_id=shipment_id,
            package=package,
            seller=seller,
            price=price,
            shipping=shipping,
            gift_wrap=gift_wrap,
            effects=found,
        )


def _parts(effects: Counter[str]) -> tuple[Part, Part, Part]:
    """The parts of a line. The tax that promotions took off is posted as one: it is shared out by what they took."""
    item_promo, ship_promo, discount = (
        effects["PromotionPrincipal"],
        effects["PromotionShipping"],
        effects["TaxDiscount"],
    )
    both = item_promo + ship_promo
    item_discount = discount if not ship_promo or not both else round(Decimal(discount * item_promo) / both)
    kept = {
        end: -sum(effects[name + end] for name in _WITHHELD) for end in ("Principal", "Shipping", "Giftwrap", "Other")
    }
    if kept["Principal"]:  # it is of the tax less the discount, so it says what the discount was
        item_discount = kept["Principal"] - effects["Tax"]
    return (
        Part(effects["Principal"], effects["Tax"], item_promo, item_discount, kept["Principal"]),
        Part(
            effects["ShippingCharge"],
            effects["ShippingTax"],
            ship_promo,
            discount - item_discount,
            kept["Shipping"],
        ),
        Part(effects["GiftWrap"], effects["GiftWrapTax"], 0, 0, kept["Giftwrap"] + kept["Other"]),
    )
