"""What the market refuses however things stand, as opposed to what its state does not allow.

Amazon's operations tell both by one code. The control API tells them apart, so that whoever typed a number which no
number can be is told that they used the command wrongly, and not that the market would rather not.
"""

from __future__ import annotations

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


def told_apart(refusal: SellingPartnerError) -> SellingPartnerError:
    """The refusal as it is, or as `InvalidArgument` where what was asked for can never be right."""
    return as_argument(refusal) if isinstance(refusal, _NEVER_RIGHT) else refusal


def as_argument(refusal: SellingPartnerError) -> SellingPartnerError:
    """The refusal as `InvalidArgument`, in its own words."""
    return InvalidArgument(refusal.message, details=None).because(refusal.reason)
