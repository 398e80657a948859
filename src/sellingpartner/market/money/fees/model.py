"""A sale as fees see it, and the estimate of what it costs."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.amounts import Money


class FeeType(StrEnum):
    """Fees by Amazon's names for them in Product Fees."""

    REFERRAL = "ReferralFee"
    VARIABLE_CLOSING = "VariableClosingFee"
    PER_ITEM = "PerItemFee"
    FBA = "FBAFees"
    PICK_AND_PACK = "FBAPickAndPack"
    WEIGHT_HANDLING = "FBAWeightHandling"
    ORDER_HANDLING = "FBAOrderHandling"
    DELIVERY_SERVICES = "FBADeliveryServicesFee"
    DIGITAL_SERVICES = "DigitalServicesFee"


class Program(StrEnum):
    """How Amazon fulfills: at home, as Small and Light did it, or across the borders of Europe."""

    CORE = "FBA_CORE"
    SMALL_AND_LIGHT = "FBA_SNL"
    EUROPEAN = "FBA_EFN"


class Package(msgspec.Struct, frozen=True, kw_only=True):
    """A unit as it is shipped: grams, and millimeters of its three sides in any order."""

    grams: Decimal
    sides: tuple[Decimal, Decimal, Decimal]


# Assumed: an item without dimensions is charged as the smallest and lightest there is; Amazon would measure it.
SMALLEST = Package(grams=Decimal(1), sides=(Decimal(1), Decimal(1), Decimal(1)))


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """One unit sold at a price, or that might be. All amounts are in the marketplace's currency."""

    marketplace_id: str
    category: str
    """The fee category; one that a marketplace does not tell apart is everything else."""
    price: Money
    shipping: Money | None = None
    gift_wrap: Money | None = None
    points: Money | None = None
    """What the points that the buyer is given are worth."""
    is_individual: bool = False
    """Whether the seller has the plan without a monthly fee."""
    is_amazon_fulfilled: bool = False
    program: Program = Program.CORE
    package: Package | None = None
    """Needed where Amazon fulfills."""

    @property
    def total(self) -> Money:
        """What the referral fee is a part of.

        Assumed: points that the seller gives are taken off the price first, as in Amazon's landed price.
        """
        nothing = Money.zero(self.price.currency)
        return self.price + (self.shipping or nothing) + (self.gift_wrap or nothing) - (self.points or nothing)


class Fee(msgspec.Struct, frozen=True, kw_only=True):
    """One fee: its amount, what a promotion takes off, the tax on it where it is told apart."""

    kind: FeeType
    amount: Money
    promotion: Money
    tax: Money | None = None
    included: tuple[Fee, ...] = ()
    """What the fee is made of: not to be added once more."""

    @property
    def final(self) -> Money:
        """What is charged.

        Assumed: where tax on the fee is told apart (India), it is a part of what is charged.
        """
        charged = self.amount - self.promotion
        return charged if self.tax is None else charged + self.tax


class FeeEstimate(msgspec.Struct, frozen=True):
    """All fees of a sale."""

    fees: tuple[Fee, ...]
    size_tier: str | None
    """The size tier of the package, where Amazon fulfills."""

    @property
    def total(self) -> Money:
        """The sum of what is charged."""
        first, *others = (fee.final for fee in self.fees)
        return sum(others, start=first)


class NotEstimated(InvalidInput):
    """The root of the reasons for which a sale has no fees."""


class PriceImpossible(NotEstimated):
    """A sale must be for more than nothing, in the marketplace's currency."""


class PackageUnknown(NotEstimated):
    """Amazon fulfills by size and weight, and those are not known."""

    def __init__(self) -> None:
        super().__init__("The product has no package dimensions or no package weight; Amazon's fulfillment needs both.")


class TooLarge(NotEstimated):
    """Amazon fulfills nothing of this size or weight in the marketplace."""

    def __init__(self, country: str) -> None:
        super().__init__(f"The package is larger or heavier than Amazon fulfills in {country}.")


class ProgramNotOffered(NotEstimated):
    """The marketplace does not have the fulfillment program."""

    def __init__(self, program: Program, country: str) -> None:
        super().__init__(f"The fulfillment program {program.value} is not offered in {country}; FBA_CORE is.")
