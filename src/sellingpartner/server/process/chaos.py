"""What goes wrong in a market from its start: a ready profile (`--chaos`), the rules of a file (`--faults`)."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.market.faults.model import Rule
from sellingpartner.market.faults.profiles import profile, rules_in
from sellingpartner.market.market import Market
from sellingpartner.server.process.settings import CannotServe, Settings


def rules_for(settings: Settings) -> tuple[Rule, ...] | None:
    """The rules that are wanted, None where nothing is said of any; raises `CannotServe` for what cannot be read."""
    if settings.chaos is None and settings.faults is None:
        return None
    try:
        ready = () if settings.chaos is None else profile(settings.chaos)
        own = () if settings.faults is None else rules_in(settings.faults)
    except SellingPartnerError as wrong:
        raise CannotServe(wrong.message) from None
    return (*ready, *own)


def set_faults(market: Market, settings: Settings) -> None:
    """Have these go wrong, in place of what went wrong before; a market that is told nothing goes on as it was.

    Raises `CannotServe` for rules that concern nobody of this market, which then goes on as it was.
    """
    rules = rules_for(settings)
    if rules is None:
        return
    try:
        market.faults.replace_all(rules)
    except InvalidInput as wrong:
        raise CannotServe(wrong.message) from None
