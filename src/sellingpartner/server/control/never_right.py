"""What the market refuses however things stand, as opposed to what its state does not allow.

Amazon's operations tell both by one code. The control API tells them apart, so that whoever typed a number which no
number can be is told that they used the command wrongly, and not that the market would rather not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sellingpartner.contract.errors import InvalidArgument, SellingPartnerError
from sellingpartner.market.accounts.passwords import PasswordImpossible
from sellingpartner.market.accounts.profiles import CountryWithoutBusinesses
from sellingpartner.market.accounts.sellers import MarketplacesApart
from sellingpartner.market.catalog.identifiers import InvalidIdentifier
from sellingpartner.market.centers.questions import NoSuchCenter
from sellingpartner.market.distribution.refusals import BoundsCrossed, NoSuchRegion
from sellingpartner.market.faults.profiles import NoSuchProfile
from sellingpartner.market.inventory.errors import InvalidQuantity
from sellingpartner.market.money.fees.model import PriceImpossible
from sellingpartner.market.removals.refusals import NothingToRemove
from sellingpartner.market.subscriptions.enrolling import TermsImpossible

_NEVER_RIGHT: tuple[type[SellingPartnerError], ...] = (
    BoundsCrossed,
    CountryWithoutBusinesses,
    InvalidIdentifier,
    InvalidQuantity,
    MarketplacesApart,
    NoSuchCenter,
    NoSuchProfile,
    NoSuchRegion,
    NothingToRemove,
    PasswordImpossible,
    PriceImpossible,
    TermsImpossible,
)


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise `InvalidArgument`, in the words of the market, for what can never be right."""
    try:
        yield
    except _NEVER_RIGHT as wrong:
        raise InvalidArgument(wrong.message, details=None).because(wrong.reason) from None
