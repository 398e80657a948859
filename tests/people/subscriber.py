"""Buyers who subscribe: what stories of Subscribe & Save share."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from sellingpartner.market.subscriptions.commands import cancel_subscription, enroll, subscribe
from sellingpartner.market.subscriptions.model import NewSubscription
from sellingpartner.testing import TestMarket
from sellingpartner.testing.buying import ADDRESS, BUYER
from sellingpartner.testing.saying import US

LAMP = "LAMP-OAK"


class Program:
    """Harbor Goods, some of whose offers are in the program."""

    def __init__(self, market: TestMarket, *, percent: int = 10, sku: str = LAMP) -> None:
        self.market, self.seller_id = market, market.seller.seller_id
        self.enrolls(sku, percent=percent)

    def enrolls(self, sku: str, **more: Any) -> None:  # noqa: ANN401 - of `enroll`
        """Put an offer into the program."""
        with self.market.market.write(self.seller_id) as unit:
            enroll(unit, sku, US, **more)

    def subscribes(self, name: str = "ada", sku: str = LAMP, **more: Any) -> str:  # noqa: ANN401 - fields of the subscription
        """Somebody subscribes, each name another buyer."""
        buyer = structs.replace(BUYER, email=f"{name}@marketplace.amazon.com")
        said: dict[str, Any] = {"sku": sku, "marketplace_id": US, "buyer": buyer, "address": ADDRESS}
        with self.market.market.write(self.seller_id) as unit:
            return subscribe(unit, NewSubscription(**said | more)).subscription_id

    def buys(self, name: str = "bo", quantity: int = 1) -> str:
        """Somebody buys once."""
        buyer = structs.replace(BUYER, email=f"{name}@marketplace.amazon.com")
        return self.market.buys(LAMP, quantity, buyer=buyer)

    def cancels(self, subscription_id: str) -> None:
        """A buyer has had enough."""
        with self.market.market.write(self.seller_id) as unit:
            cancel_subscription(unit, subscription_id)
