"""Amazon's network on eventful days: all that may happen to a seller's units happens, and somebody says what is amiss.

What happens is drawn by a number, so that a history can be lived again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from random import Random
from typing import TypeVar

from busy_distributor import BusyDistributor
from outside_shop import LAMP, asks
from receiver import SENT, Receiver
from stock_taker import faults_of_shipments

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as inbound
from sellingpartner.contract import fulfillment_outbound_2020_07_01 as outbound
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.market.inbound.commands import Harm
from sellingpartner.market.inventory.commands import transfer
from sellingpartner.market.inventory.incidents import damage, dispose, find, lose
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.outbound.commands import miss
from sellingpartner.market.removals.commands import cancel_removal, request_removal
from sellingpartner.market.removals.model import NewRemoval, RemovalKind, Wanted
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

Thing = TypeVar("Thing")

_CENTERS = ("BFI4", "PHX6", "TPA1")


class BusyWarehouse:
    """Harbor Goods, which sends in, sells, ships for its other shops, takes back, and keeps goods in AWD."""

    def __init__(self, market: TestMarket, seed: int) -> None:
        self.market, self.luck = market, Random(seed)
        self.bulk = BusyDistributor(market, seed)
        self.sent: list[tuple[Receiver, str]] = []
        self.orders: list[str] = []
        self.removals: list[str] = []
        self.happened: Counter[str] = Counter()

    def lives(self, deeds: int) -> None:
        """Let so many things happen, some hours after each other; what is not possible is refused, and does nothing."""
        for _ in range(deeds):
            name = self.luck.choice(tuple(_DEEDS))
            try:
                _DEEDS[name](self)
            except SellingPartnerError:
                self.happened[f"{name}: refused"] += 1
            else:
                self.happened[name] += 1
            self.market.advance(hours=self.luck.choice((0, 2, 9, 40)))

    def faults(self) -> list[str]:
        """All that does not add up, in words."""
        with self.market.market.read(self.market.seller.seller_id) as unit:
            found = faults_of_shipments(unit)
        return [*found, *self.bulk.faults()]

    def sends(self) -> None:
        """A plan goes as far as its carrier."""
        harbor = Receiver(self.market, shipments=self.luck.choice((1, 1, 2)))
        self.sent += [(harbor, shipment_id) for shipment_id in harbor.shipment_ids]

    def receives(self) -> None:
        """A shipment is received at once, and not as it was sent."""
        harbor, shipment_id = self._one(self.sent)
        harm = Harm(*(self.luck.choice((0, 0, 1, 3)) for _ in range(4)))
        harbor.receives(shipment_id, **{self.luck.choice([*SENT]): harm})

    def loses_a_shipment(self) -> None:
        """A carrier loses one."""
        harbor, shipment_id = self._one(self.sent)
        harbor.loses(shipment_id)

    def calls_off(self) -> None:
        """A plan is given up."""
        harbor, _ = self._one(self.sent)
        harbor.done(harbor.asks(inbound.CancelInboundPlan(inbound_plan_id=harbor.plan_id)).operation_id)

    def sells(self) -> None:
        """Buyers of the shop order."""
        self.market.buys(self._sku(), self.luck.randint(1, 3), paid=self.luck.random() < 0.9)

    def ships_for_others(self) -> None:
        """Another shop sells something."""
        number = f"SHOP-{len(self.orders)}"
        policy = self.luck.choice([*outbound.FulfillmentPolicy])
        asks(self.market, number, self.luck.randint(1, 4), fulfillment_policy=policy)
        self.orders.append(number)

    def takes_back(self) -> None:
        """One of its orders is canceled."""
        cancel = outbound.CancelFulfillmentOrder(seller_fulfillment_order_id=self._one(self.orders))
        self.market.seller.send(cancel)

    def misses(self) -> None:
        """A center does not find what it is to pick."""
        with self._written() as unit:
            miss(unit, self._one(self.orders), "1", 1)

    def removes(self) -> None:
        """Units are to be sent back, or destroyed."""
        item = Wanted(sku=self._sku(), sellable=self.luck.randint(1, 3), unsellable=self.luck.choice((0, 0, 0, 1)))
        kind = self.luck.choice((RemovalKind.RETURN, RemovalKind.DISPOSAL))
        with self._written() as unit:
            self.removals.append(request_removal(unit, NewRemoval(kind=kind, items=(item,))).removal_id)

    def keeps(self) -> None:
        """A removal is taken back."""
        with self._written() as unit:
            cancel_removal(unit, self._one(self.removals))

    def has_incidents(self) -> None:
        """Amazon loses, finds, breaks or destroys units."""
        sku, units, what = self._sku(), self.luck.randint(1, 3), self.luck.randrange(4)
        with self._written() as unit:
            if what == 0:
                dispose(unit, sku, units, self.luck.choice((Condition.WAREHOUSE_DAMAGED, Condition.CARRIER_DAMAGED)))
            else:
                (lose, find, damage)[what - 1](unit, sku, units)

    def transfers(self) -> None:
        """Units go to another center."""
        with self._written() as unit:
            transfer(unit, self._sku(), self.luck.randint(1, 5), to=self.luck.choice(_CENTERS))

    def keeps_in_bulk(self) -> None:
        """Something happens in AWD."""
        self.bulk.lives(1)

    def _sku(self) -> str:
        return self.luck.choice((LAMP, LAMP, *SENT))

    def _one(self, some: list[Thing]) -> Thing:
        if not some:
            message = "There is none yet."
            raise InvalidInput(message)
        return self.luck.choice(some)

    def _written(self) -> AbstractContextManager[UnitOfWork]:
        return self.market.market.write(self.market.seller.seller_id)


_DEEDS: dict[str, Callable[[BusyWarehouse], None]] = {
    "sends": BusyWarehouse.sends,
    "receives": BusyWarehouse.receives,
    "loses a shipment": BusyWarehouse.loses_a_shipment,
    "calls off": BusyWarehouse.calls_off,
    "sells": BusyWarehouse.sells,
    "ships for others": BusyWarehouse.ships_for_others,
    "takes back": BusyWarehouse.takes_back,
    "misses": BusyWarehouse.misses,
    "removes": BusyWarehouse.removes,
    "keeps": BusyWarehouse.keeps,
    "has incidents": BusyWarehouse.has_incidents,
    "transfers": BusyWarehouse.transfers,
    "keeps in bulk": BusyWarehouse.keeps_in_bulk,
}
