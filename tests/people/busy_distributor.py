"""A seller with goods in Amazon's bulk storage on eventful days, and somebody who says what of it does not add up.

What happens is drawn by a number, so that a history can be lived again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

from distributor import Distributor, cases
from sqlalchemy import func, select
from stock_taker import faults_of_stock

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.distribution.commands import Harm, lose_by_hand, receive_by_hand, set_policy
from sellingpartner.market.distribution.lifecycle import ShipmentStatus, TransferStatus
from sellingpartner.market.distribution.model import InboundShipment, OutboundOrder, Policy
from sellingpartner.market.distribution.packages import units_by_sku
from sellingpartner.market.distribution.questions import received_by_sku
from sellingpartner.market.distribution.tables import inbound_shipments, lots, outbound_orders, transit
from sellingpartner.market.events.distribution import AwdShipmentClosed, ReplenishmentArrived
from sellingpartner.market.inventory.model import DAMAGED, Condition, Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.inventory.tables import center_stocks
from sellingpartner.market.money.ledger.tables import ledger_entries
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

SKUS = ("MUG-BLUE", "MUG-RED", "LAMP-OAK")
AT_FIRST = 100
"""How many lamps lie at FBA when the market begins."""
_COMING = (Condition.INBOUND_WORKING, Condition.INBOUND_SHIPPED, Condition.INBOUND_RECEIVING)


class BusyDistributor(Distributor):
    """Harbor Goods, to whose bulk storage everything happens that may."""

    def __init__(self, market: TestMarket, seed: int) -> None:
        super().__init__(market)
        self.luck = Random(seed)
        self.inbounds: list[str] = []
        self.outbounds: list[str] = []
        self.refilled: list[str] = []
        self.happened: Counter[str] = Counter()
        self.sold = 0

    def lives(self, deeds: int) -> None:
        """Let so many things happen, some hours after each other; what is not possible is refused."""
        for _ in range(deeds):
            name = self.luck.choice(tuple(_DEEDS))
            try:
                _DEEDS[name](self)
            except SellingPartnerError:
                self.happened["refused"] += 1
            else:
                self.happened[name] += 1
            self.market.advance(hours=self.luck.choice((0, 1, 5, 30, 80)))

    def sends(self) -> None:
        """The seller drafts an order, and mostly confirms it and has it carried."""
        content = [(sku, self.luck.randint(1, 12)) for sku in self.luck.sample(SKUS, self.luck.randint(1, 2))]
        order_id = self.drafts(cases(self.luck.randint(1, 6), *content))
        self.inbounds.append(order_id)
        if self.luck.random() < 0.9:
            self.seller.send(awd.ConfirmInbound(order_id=order_id))
        if self.luck.random() < 0.8:
            self.tells(order_id, f"1Z{self.luck.randrange(10**6)}")

    def calls_off(self) -> None:
        """The seller cancels one of its orders."""
        self.seller.send(awd.CancelInbound(order_id=self.luck.choice(self.inbounds or ["none"])))

    def receives(self) -> None:
        """One shipment is received at once, and not all of it."""
        harm = {self.luck.choice(SKUS): Harm(self.luck.randint(0, 3), self.luck.randint(0, 3))}
        if self.luck.random() < 0.6:
            harm = {}
        with self.market.market.write(self.seller.seller_id) as unit:
            receive_by_hand(unit, self.luck.choice(self.inbounds or ["none"]), harm)

    def refills(self) -> None:
        """The seller orders units into FBA."""
        mode = self.luck.choice(("AUTO", "MANUAL"))
        self.refilled.append(self.replenishes(self.luck.randint(1, 40), self.luck.choice(SKUS), mode=mode))

    def takes_out(self) -> None:
        """The seller drafts an outbound order."""
        wanted = [awd.ProductQuantity(sku=sku, quantity=self.luck.randint(1, 30)) for sku in self.luck.sample(SKUS, 2)]
        self.outbounds.append(self.seller.send(awd.CreateOutbound(products_to_outbound=wanted)).order_id)

    def commits(self) -> None:
        """The seller confirms something."""
        if self.luck.random() < 0.5:
            self.seller.send(awd.ConfirmOutbound(order_id=self.luck.choice(self.outbounds or ["none"])))
        else:
            self.seller.send(awd.ConfirmReplenishmentOrder(order_id=self.luck.choice(self.refilled or ["none"])))

    def loses(self) -> None:
        """A carrier loses a shipment on its way to FBA."""
        with self.market.market.write(self.seller.seller_id) as unit:
            for order in _orders(unit):
                for transfer in order.transfers:
                    if transfer.status is TransferStatus.IN_TRANSIT:
                        lose_by_hand(unit, order.kind, order.order_id, transfer.shipment_id)
                        return

    def bounds(self) -> None:
        """The seller says how much of a SKU is to lie at FBA."""
        least = self.luck.randint(0, 150)
        with self.market.market.write(self.seller.seller_id) as unit:
            set_policy(unit, Policy(sku=self.luck.choice(SKUS), least=least, most=least + 20))

    def sells(self) -> None:
        """Somebody buys a lamp from FBA."""
        self.market.buys("LAMP-OAK")
        self.sold += 1

    def faults(self) -> list[str]:
        """All that does not add up, in words."""
        with self.market.market.read(self.seller.seller_id) as unit:
            found = [*faults_of_stock(unit), *_lots(unit), *_inbound(unit), *_outbound(unit)]
            sources = set(unit.execute(select(ledger_entries.c.source)).scalars())
        return [*found, *self._fees(sources)]

    def _fees(self, sources: set[str]) -> Iterator[str]:
        """Each fee has a fact that caused it, and each fact its fee."""
        received = {f"awd-in:{one.shipment_id}" for one in self.market.facts(AwdShipmentClosed) if one.boxes}
        arrived = [one.shipment_id for one in self.market.facts(ReplenishmentArrived)]
        for begins, caused in (
            ("awd-in:", received),
            ("awd-out:", {f"awd-out:{one}" for one in arrived}),
            ("awd-way:", {f"awd-way:{one}" for one in arrived}),
        ):
            charged = {one for one in sources if one.startswith(begins)}
            if charged != caused:
                yield f"{begins} is charged for {charged} and was caused by {caused}"


_DEEDS: dict[str, Callable[[BusyDistributor], None]] = {
    "sends": BusyDistributor.sends,
    "calls off": BusyDistributor.calls_off,
    "receives": BusyDistributor.receives,
    "refills": BusyDistributor.refills,
    "takes out": BusyDistributor.takes_out,
    "commits": BusyDistributor.commits,
    "loses": BusyDistributor.loses,
    "bounds": BusyDistributor.bounds,
    "sells": BusyDistributor.sells,
}


def _orders(unit: UnitOfWork) -> list[OutboundOrder]:
    return list(unit.execute(select(outbound_orders.c.document)).scalars())


def _lots(unit: UnitOfWork) -> Iterator[str]:
    """Lots sum to what lies sellable in each distribution center, and hold no more than is reserved."""
    lying: Counter[tuple[str, str]] = Counter()
    held: Counter[str] = Counter()
    for row in unit.execute(select(lots.c.sku, lots.c.center, lots.c.units, lots.c.held)):
        lying[row.sku, row.center] += row.units
        held[row.sku] += row.held
    at = center_stocks.c
    sellable = select(at.sku, at.center, at.units).where(at.condition == "SELLABLE", at.center.like("IUS%"))
    there = Counter({(row.sku, row.center): row.units for row in unit.execute(sellable)})
    if +lying != +there:
        yield f"lots hold {+lying}, centers {+there}"
    for sku in SKUS:
        reserved = stock_of(unit, sku, Place.AWD).reserved
        if held[sku] > reserved:
            yield f"of {sku} lots hold {held[sku]} for shipments, and {reserved} are reserved"


def _inbound(unit: UnitOfWork) -> Iterator[str]:
    """What was sent is received, lost, or on its way."""
    sent: Counter[str] = Counter()
    came: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    shipments: list[InboundShipment] = list(unit.execute(select(inbound_shipments.c.document)).scalars())
    for shipment in shipments:
        if shipment.status is ShipmentStatus.CANCELED:
            continue
        sent.update(units_by_sku(shipment.packages))
        for one in received_by_sku(shipment):
            came[one.sku] += one.received
            if shipment.status is ShipmentStatus.CLOSED:
                lost[one.sku] += one.expected - one.received
    left: Counter[str] = Counter()
    for order in _orders(unit):
        left.update(order.shipped)
    for sku in SKUS:
        coming = sum(stock_of(unit, sku, Place.AWD, condition=one).on_hand for one in _COMING)
        if sent[sku] != came[sku] + lost[sku] + coming:
            yield f"of {sku} {sent[sku]} were sent, {came[sku]} came, {lost[sku]} are lost, {coming} are coming"
        there = sum(stock_of(unit, sku, Place.AWD, condition=one).on_hand for one in (Condition.SELLABLE, *DAMAGED))
        if came[sku] != there + left[sku]:
            yield f"of {sku} {came[sku]} came to AWD, {there} are there and {left[sku]} have left"


def _outbound(unit: UnitOfWork) -> Iterator[str]:
    """What left AWD is at FBA, lost, or on its way; what is on its way is nowhere else."""
    going: Counter[str] = Counter()
    for order in _orders(unit):
        for transfer in order.transfers:
            if transfer.status in {TransferStatus.IN_TRANSIT, TransferStatus.DELIVERED, TransferStatus.RECEIVING}:
                going.update(transfer.units)
    noted = select(transit.c.sku, func.sum(transit.c.units).label("units")).group_by(transit.c.sku)
    told = Counter({row.sku: int(row.units) for row in unit.execute(noted)})
    at_fba = Counter(
        {sku: sum(stock_of(unit, sku, Place.FBA, condition=one).on_hand for one in _COMING) for sku in SKUS}
    )
    if not +going == +told == +at_fba:
        yield f"on their way are {+going}; AWD says {+told} and FBA {+at_fba}"
