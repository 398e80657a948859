"""Parameters that Amazon refuses in another way than the rest, by operation and name."""

from __future__ import annotations

from sellingpartner.contract.errors import NotFound, SellingPartnerError

_AS_NO_RESOURCE = frozenset({("getPricing", "ItemType"), ("getCompetitivePricing", "ItemType")})
"""A value outside the enumeration leads nowhere: 404 in Amazon's words, which say nothing of the value."""


def as_amazon_refuses(operation: str, parameter: str, fault: SellingPartnerError) -> SellingPartnerError:
    """The refusal of a parameter's value as Amazon words it for this operation."""
    if (operation, parameter) in _AS_NO_RESOURCE:
        return NotFound("The requested resource doesn't exist.").because(fault.message)
    return fault
