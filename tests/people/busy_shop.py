"""A shop to which everything happens that may: buyers order, pay, ask and send back; its seller ships, or forgets to.

What happens is drawn by a number, so that a history can be lived again. The shop remembers what it saw of its orders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from msgspec import structs
from shipper import WISH

from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import OrderType, PurchaseLine
from sellingpartner.market.orders.questions import order_of, returns_of
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.model import LabelWish
from sellingpartner.market.shipping.questions import offering
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

SKUS = ("MUG-BLUE", "MUG-RED", "TEA/50 G&B 100%")
BY_AMAZON = "LAMP-OAK"

BUYER = Buyer(
    name="Zebedee Quillfeather", email="zq7.nightjar@marketplace.amazon.com", company_name="Nightjar Holdings"
)
_STREET: dict[str, Any] = {"name": "Philomena Brackenbury", "line_1": "77 Gooseberry Steps", "phone": "+1 971 555 0199"}
ADDRESSES = {
    "US": Address(**_STREET, city="Portland", state_or_region="OR", postal_code="97205", country_code="US"),
    "DE": Address(**_STREET, city="Berlin", postal_code="10115", country_code="DE"),
    "JP": Address(**_STREET, city="Osaka", postal_code="530-0001", country_code="JP"),
}
PERSONAL = ("Zebedee", "Quillfeather", "nightjar", "Philomena", "Brackenbury", "Gooseberry", "555 0199")
"""Words that stand in what is personal, and nowhere else."""

_SENDERS = {
    "US": WISH.sender,
    "DE": structs.replace(WISH.sender, city="Hamburg", state=None, postal_code="20095", country_code="DE"),
    "JP": structs.replace(WISH.sender, city="Tokyo", state=None, postal_code="100-0001", country_code="JP"),
}
_RECENT = (6, 40)
"""To how many of the last orders things happen, some of which have arrived; older ones are left to fall overdue."""


def personal_in(text: str) -> set[str]:
    """The personal words in a text."""
    return {word for word in PERSONAL if word.lower() in text.lower()}


class BusyShop:
    """Harbor Goods in one country, on busy days."""

    def __init__(self, market: TestMarket, country: str) -> None:
        self.market, self.country, self.luck = market, country, Random(country)
        self.placed: list[str] = []
        self.seen: dict[str, list[str]] = {}
        """The statuses in which each order was seen, one after the other."""
        self.happened: Counter[str] = Counter()
        """How often each deed was done."""
        self.refusals: list[str] = []
        """What was said to whoever wanted something that was not possible."""
        self.wishes = 0
        """How often a buyer asked the seller to cancel."""
        self._open: set[str] = set()

    def lives(self, purchases: int, *, at_most_hours: int = 16) -> None:
        """Let so many buyers come, some hours after each other, with all that happens meanwhile."""
        for _ in range(purchases):
            self.sells()
            self.market.advance(hours=self.luck.randint(0, at_most_hours))
            self._look()
            for _ in range(self.luck.randint(1, 2)):
                self.acts()

    def sells(self) -> None:
        """Let a buyer order, if there is enough of it; what has run out is delivered again."""
        country = self.luck.choice(("WA", "OR", "CA")) if self.country == "US" else None
        address = structs.replace(ADDRESSES[self.country], state_or_region=country)
        skus = [BY_AMAZON] if self.luck.random() < 0.2 else self.luck.sample(SKUS, self.luck.randint(1, 3))
        lines = tuple(self._line(sku) for sku in skus)
        try:
            order_id = self.market.buys(
                lines=lines,
                buyer=BUYER,
                address=address,
                is_business=self.luck.random() < 0.3,
                awaits_invoice=self.luck.random() < 0.2,
                **self._payment(),
            )
        except OutOfStock as refused:
            self.refusals.append(str(refused))
            place = Place.FBA if refused.sku == BY_AMAZON else Place.SELLER
            with self.market.market.write(self.market.seller_account.seller_id) as unit:
                receive(unit, refused.sku, place, self.luck.randint(20, 60), reference="delivery")
            return
        self.placed.append(order_id)
        self._open.add(order_id)
        self._look()

    def acts(self) -> None:
        """Let one thing happen to one of the last orders; what is not allowed now is refused, and changes nothing."""
        if not self.placed:
            return
        name = self.luck.choice(tuple(_DEEDS))
        recent = self.placed[-self.luck.choice(_RECENT) :]
        order_id = self.luck.choice([one for one in recent if self.seen[one][-1] == _MEANT_FOR.get(name)] or recent)
        try:
            with self.market.market.write(self.market.seller_account.seller_id) as unit:
                _DEEDS[name](self, unit, order_of(unit, order_id))
        except (InvalidInput, Conflict) as refused:
            self.refusals.append(str(refused))
        else:
            self.happened[name] += 1
        self._look()

    def _look(self) -> None:
        with self.market.market.read(self.market.seller_account.seller_id) as unit:
            for order_id in sorted(self._open):
                order, seen = order_of(unit, order_id), self.seen.setdefault(order_id, [])
                if seen[-1:] != [order.status.value]:
                    seen.append(order.status.value)
                if not order.is_open and order.status.value != "InvoiceUnconfirmed":
                    self._open.remove(order_id)

    def _line(self, sku: str) -> PurchaseLine:
        luck = self.luck
        quantity, unit_price, postage = (
            luck.randint(1, 4),
            luck.randint(1, 9999),
            luck.choice((0, luck.randint(1, 1500))),
        )
        is_gift = luck.random() < 0.3
        return PurchaseLine(
            sku=sku,
            quantity=quantity,
            unit_price=unit_price,
            shipping=postage,
            shipping_discount=luck.randint(0, postage),
            promotion_discount=luck.choice((0, luck.randint(0, unit_price * quantity))),
            promotion_ids=("SPRING",),
            gift_wrap=luck.randint(0, 500) if is_gift else 0,
            gift_wrap_level="Classic" if is_gift else None,
            gift_message="From Zebedee" if is_gift else None,
            cod_fee=luck.choice((0, 0, 330)),
            points=luck.randint(0, 99) if self.country == "JP" else 0,
        )

    def _payment(self) -> dict[str, Any]:
        """Most pay at once, some later, and some order what is not there yet."""
        draw, delay = self.luck.random(), timedelta(hours=self.luck.randint(1, 90))
        if draw < 0.6:
            return {}
        if draw < 0.9:
            return {"paid": False, "payment_delay": delay}
        released = self.market.now + timedelta(days=self.luck.randint(1, 6))
        return {"order_type": OrderType.PREORDER, "available_at": released, "payment_delay": delay, "paid": False}

    def _some(self, order: Order) -> dict[str, int]:
        return {item: self.luck.randint(1, units) for item, units in order.unshipped_quantities().items()}

    def _ships(self, unit: UnitOfWork, order: Order, quantities: dict[str, int]) -> None:
        parcel = Parcel(
            reference=str(len(order.packages) + 1), shipped_at=unit.now, quantities=quantities, carrier_code="X"
        )
        orders.confirm_shipment(unit, order.order_id, parcel, marketplace_id=order.marketplace_id)

    def ships_some(self, unit: UnitOfWork, order: Order) -> None:
        self._ships(unit, order, self._some(order))

    def ships_all(self, unit: UnitOfWork, order: Order) -> None:
        self._ships(unit, order, order.unshipped_quantities())

    def buys_label(self, unit: UnitOfWork, order: Order) -> None:
        wish = structs.replace(
            WISH,
            order_id=order.order_id,
            quantities=tuple(self._some(order).items()),
            sender=_SENDERS[self.country],
        )
        offers = offering(unit, wish).offers
        if not offers:
            raise InvalidInput("No service takes the parcel.")
        offer = self.luck.choice(offers)
        bought = shipping.buy(unit, wish, offer.quote.offered.service.service_id, offer.offer_id, LabelWish(format=""))
        if self.luck.random() < 0.3:
            shipping.void(unit, bought.shipment_id)

    def seller_cancels(self, unit: UnitOfWork, order: Order) -> None:
        orders.cancel(unit, order.order_id, by=Canceler.SELLER, reason="NoInventory")

    def buyer_cancels_some(self, unit: UnitOfWork, order: Order) -> None:
        orders.cancel(unit, order.order_id, by=Canceler.BUYER, reason="Changed", quantities=self._some(order))

    def buyer_asks(self, unit: UnitOfWork, order: Order) -> None:
        orders.request_cancellation(unit, order.order_id, reason="Changed")
        self.wishes += not order.is_unpaid

    def payment_fails(self, unit: UnitOfWork, order: Order) -> None:
        orders.fail_payment(unit, order.order_id)

    def confirms_invoice(self, unit: UnitOfWork, order: Order) -> None:
        orders.confirm_invoice(unit, order.order_id)

    def buyer_returns(self, unit: UnitOfWork, order: Order) -> None:
        left = orders.left_to_return(order, returns_of(unit, order.order_id))
        wanted = {item: self.luck.randint(1, units) for item, units in left.items() if units}
        orders.expect_return(unit, orders.ask_return(unit, order.order_id, quantities=wanted, reason="Defective"))

    def refunds(self, unit: UnitOfWork, order: Order) -> None:
        orders.refund(unit, order.order_id)

    def refunds_part(self, unit: UnitOfWork, order: Order) -> None:
        item = self.luck.choice(order.items)
        orders.refund_part(unit, order.order_id, item.order_item_id, self.luck.randint(1, 500), reason="Scratched")


_DEEDS: dict[str, Callable[[BusyShop, UnitOfWork, Order], None]] = {
    "ships all": BusyShop.ships_all,
    "ships some": BusyShop.ships_some,
    "buys a label": BusyShop.buys_label,
    "seller cancels": BusyShop.seller_cancels,
    "buyer cancels some": BusyShop.buyer_cancels_some,
    "buyer asks": BusyShop.buyer_asks,
    "payment fails": BusyShop.payment_fails,
    "confirms the invoice": BusyShop.confirms_invoice,
    "buyer returns": BusyShop.buyer_returns,
    "refunds": BusyShop.refunds,
    "refunds a part": BusyShop.refunds_part,
}
_MEANT_FOR = {
    "payment fails": "Pending",
    "confirms the invoice": "InvoiceUnconfirmed",
    "buyer returns": "Shipped",
    "refunds": "Shipped",
    "refunds a part": "Shipped",
}
"""What is seldom possible goes to an order for which it is, if there is one; the rest to any."""
DEEDS = tuple(_DEEDS)
"""What may happen to an order that is placed."""
