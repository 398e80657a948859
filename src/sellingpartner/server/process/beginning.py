"""Whether a market is to begin otherwise than with the demo world: once, and only if nothing has begun in it."""

from __future__ import annotations

from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.market import Market
from sellingpartner.server.process.settings import CannotServe


def is_to_begin(market: Market, remembered: str, said: str, option: str) -> bool:
    """Whether it is new; not, if it has begun so before. Raises `CannotServe` for one that has begun otherwise."""
    begun = market.known(remembered)
    if begun == said:
        return False
    with market.read() as unit:
        is_new = not all_sellers(unit)
    if begun is not None or not is_new:
        shown = market.database.url.render_as_string()
        message = f"The market in {shown} has begun otherwise; choose another --database, or leave {option} away."
        raise CannotServe(message)
    return True
