"""What several answers of AWD show."""

from __future__ import annotations

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.centers.model import Center


def address_of(there: Center) -> awd.Address:
    """The address of one of Amazon's centers."""
    return awd.Address(
        name=there.name,
        address_line1=there.address_line_1,
        city=there.city,
        state_or_region=there.state,
        postal_code=there.postal_code,
        country_code=there.country_code,
    )


def is_ascending(order: awd.SortOrder | None) -> bool:
    """Which way a list goes: the latest first unless said."""
    return order is awd.SortOrder.ASCENDING
