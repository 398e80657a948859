"""What some services want to know besides: a customs form, for what leaves the country.

Assumed: the names of additional inputs are made up in the style of the published example; no caller has shown Amazon's.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sellingpartner.market.shipping.carriers.services import Offered, Reach


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the form."""

    name: str
    text: str
    pattern: str
    explained: str
    choices: tuple[str, ...] = ()
    is_required: bool = True


SHIPMENT_LEVEL = (
    Input(
        name="NON_DELIVERY_OPTION",
        text="If the package cannot be delivered",
        pattern="^(RETURN|ABANDON)$",
        explained="RETURN or ABANDON",
        choices=("RETURN", "ABANDON"),
    ),
    Input(
        name="CONTENTS_TYPE",
        text="Type of contents",
        pattern="^(MERCHANDISE|GIFT|SAMPLE|DOCUMENTS)$",
        explained="MERCHANDISE, GIFT, SAMPLE or DOCUMENTS",
        choices=("MERCHANDISE", "GIFT", "SAMPLE", "DOCUMENTS"),
    ),
)
ITEM_LEVEL = (
    Input(
        name="HARMONIZED_TARIFF_CODE",
        text="Harmonized tariff code",
        pattern="^[0-9]{6,10}$",
        explained="6 to 10 digits",
        is_required=False,
    ),
    Input(
        name="COUNTRY_OF_ORIGIN",
        text="Country of origin",
        pattern="^[A-Z]{2}$",
        explained="two capital letters, as in ISO 3166",
        is_required=False,
    ),
)


def wants_inputs(offered: Offered) -> bool:
    """Whether a service wants a customs form."""
    return offered.service.reach is not Reach.DOMESTIC


def missing_inputs(offered: Offered, said: Mapping[str, str]) -> list[str]:
    """What of the form is missing or is none of its choices."""
    if not wants_inputs(offered):
        return []
    return [one.name for one in SHIPMENT_LEVEL if one.is_required and said.get(one.name) not in one.choices]
