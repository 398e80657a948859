"""The lines of an order and how their amounts divide among units, to the last minor unit."""

from __future__ import annotations

import msgspec

from sellingpartner.market.events.orders import Line, LineAmounts

AMOUNTS = tuple(name for name in LineAmounts.__struct_fields__ if name != "tax_included")
"""The names of the amounts that a line has."""


class AssociatedItem(msgspec.Struct, frozen=True):
    """An item of another order that was bought as a service to this one."""

    order_id: str
    order_item_id: str


class OrderItem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One line of an order: so many units of one SKU. `amounts` are those of all units ordered."""

    order_item_id: str
    sku: str
    asin: str
    title: str
    quantity: int
    amounts: LineAmounts
    shipped: int = 0
    canceled: int = 0
    awaited: int = 0
    """Of the units that are still to leave: how many are not in stock yet, so that none of them is promised."""
    condition: str = "New"
    condition_subtype: str = "New"
    condition_note: str | None = None
    promotion_ids: tuple[str, ...] = ()
    is_gift: bool = False
    gift_message: str | None = None
    gift_wrap_level: str | None = None
    customized_url: str | None = None
    has_business_price: bool = False
    is_regulated: bool = False
    points: int = 0
    """The points granted with all units ordered."""
    serial_numbers: tuple[str, ...] = ()
    services: tuple[AssociatedItem, ...] = ()
    """What was bought to be done with it."""

    @property
    def held(self) -> int:
        """The units that were not canceled."""
        return self.quantity - self.canceled

    @property
    def unshipped(self) -> int:
        """The units that are still to leave."""
        return self.quantity - self.canceled - self.shipped

    @property
    def held_points(self) -> int:
        """The points granted with the units that were not canceled."""
        return self._points_upto(self.held)

    @property
    def held_amounts(self) -> LineAmounts:
        """What the buyer pays for the units that were not canceled."""
        return self.amounts_between(0, self.held)

    def amounts_between(self, start: int, end: int) -> LineAmounts:
        """The amounts of the units from one count to another.

        Parts that follow one another sum to the whole exactly. From a higher count to a lower one they are negative.
        """
        if start == 0 and end == self.quantity:
            return self.amounts
        parts = {
            name: _upto(whole, end, self.quantity) - _upto(whole, start, self.quantity)
            for name in AMOUNTS
            if (whole := getattr(self.amounts, name))
        }
        return LineAmounts(tax_included=self.amounts.tax_included, **parts)

    def ship(self, units: int) -> Line:
        """Let some units leave (or, where `units` is negative, come back); returns them with their amounts."""
        start, end = self.shipped, self.shipped + units
        amounts = self.amounts_between(start, end)
        self.shipped = end
        return self._line(units, amounts, points=self._points_upto(end) - self._points_upto(start))

    def cancel(self, units: int) -> Line:
        """Take back some units that have not left, those first that were not there; returns them with their amounts."""
        amounts = self.amounts_between(self.held - units, self.held)
        unpromised = min(units, self.awaited)
        self.awaited -= unpromised
        self.canceled += units
        return msgspec.structs.replace(self._line(units, amounts), unpromised=unpromised)

    def ordered_line(self) -> Line:
        """The line as it was ordered."""
        return self._line(self.quantity, self.amounts)

    def some(self, units: int) -> Line:
        """So many of its units, with what was paid for as many."""
        return self._line(units, self.amounts_between(0, units))

    def _points_upto(self, units: int) -> int:
        return _upto(self.points, units, self.quantity) if self.points else 0

    def _line(self, units: int, amounts: LineAmounts, points: int = 0) -> Line:
        return Line(
            order_item_id=self.order_item_id,
            sku=self.sku,
            asin=self.asin,
            quantity=units,
            amounts=amounts,
            points=points,
            promotion_ids=self.promotion_ids,
        )


def _upto(whole: int, count: int, of: int) -> int:
    """The part of an amount that the first `count` of `of` units make up, rounded half up."""
    return (2 * whole * count + of) // (2 * of)
