"""What a call asks for of an order, and what of its buyer's personal data it may see.

Here a role opens personal data, not a restricted data token; what a caller may not see is absent, and nobody refuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from sellingpartner.contract.orders_2026_01_01 import IncludedData
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.orders.model import Order
from sellingpartner.storage.kept import Kept


class Sight(StrEnum):
    """A part of the personal data, by what it is needed for."""

    DELIVERY = "delivery"
    """The address, the buyer's email address, gift messages and customizations."""
    TAXES = "taxes"
    """Who is taxed, and under which number. Both show the buyer's name."""


# Assumed: which role opens what in 2026-01-01 follows Amazon's table of personal data where it says so; the rest (tax
# numbers, the company's name) is left to the two tax roles.
_OPENS = {
    "Direct-to-Consumer Shipping (Restricted)": Sight.DELIVERY,
    "Tax Invoicing (Restricted)": Sight.TAXES,
    "Tax Remittance (Restricted)": Sight.TAXES,
}
_ALL = frozenset(Sight)


class Asked(msgspec.Struct, frozen=True):
    """An order, with what is asked for of it and what the caller may see."""

    order: Order
    included: frozenset[str]
    sight: frozenset[Sight]


class Asking(msgspec.Struct, frozen=True):
    """How orders are to be shown."""

    included: frozenset[str]
    sight: frozenset[Sight]

    @classmethod
    def by(cls, caller: Caller, included: Iterable[IncludedData] | None) -> Asking:
        """What a caller asks for. The scope alone opens everything where roles are not told apart."""
        roles = caller.roles
        sight = _ALL if roles is None else frozenset(opens for role, opens in _OPENS.items() if role in roles)
        return cls(frozenset(one.value for one in included or ()), sight)

    def of(self, order: Kept[Order]) -> Kept[Asked]:
        """An order as it is kept, to be shown so: all that its view is made of, so that the view can be remembered."""
        said = " ".join((*sorted(self.included), *sorted(self.sight)))
        return Kept(b"%s\0%s" % (said.encode(), order.stored), lambda _: Asked(order.read(), self.included, self.sight))
