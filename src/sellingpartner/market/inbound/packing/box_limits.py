"""What a box may weigh and measure that goes to a fulfillment center (`packing.toml`).

Assumed: in which words Amazon refuses a box that is too heavy or too large; the limits are those of its help pages.
"""

from __future__ import annotations

from sellingpartner.market.inbound.model import ContentSource, Plan
from sellingpartner.market.inbound.packing.rules import OVERSIZE, box_limits, content_sources
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sizes import Size, Weight


def check_box(size: Size, weight: Weight, source: ContentSource, units: int, plan: Plan, handling: str) -> None:
    """Raise `BadRequest` for a box that no center takes in; `units` are those that are told to be in it."""
    _check_source(source, units, handling)
    if min(size.length, size.width, size.height) <= 0 or weight.value <= 0:
        raise BadRequest("ERROR: The dimensions and the weight of a box must be more than 0.")
    limits = box_limits(plan.marketplace_id)
    least, most = (Weight(value=one, unit=limits.unit) for one in (limits.minimum, limits.maximum))
    told = f"{limits.minimum:g} to {limits.maximum:g} {limits.unit}"
    if weight.kilograms < least.kilograms - _HAIR:
        raise BadRequest(
            f"ERROR: The weight of a box must be from {told}; {weight.value:g} {weight.unit} was provided."
        )
    if units == 1:
        return
    if weight.kilograms > most.kilograms + _HAIR:
        raise BadRequest(
            f"ERROR: The weight of a box must be from {told}; {weight.value:g} {weight.unit} was provided. "
            "Only a box with a single unit may be heavier."
        )
    if OVERSIZE not in handling and size.centimeters[0] > limits.side + _HAIR:
        raise BadRequest(
            f"ERROR: No side of a box with several units may be longer than {limits.side:g} CM; "
            f"{max(size.length, size.width, size.height):g} {size.unit} was provided."
        )


_HAIR = 1e-6
"""What a number may be off by that was turned from one unit into another."""


def _check_source(source: ContentSource, units: int, handling: str) -> None:
    allowed = content_sources([handling])
    if source not in allowed:
        names = ", ".join(one.value for one in allowed)
        raise BadRequest(
            f"ERROR: The contentInformationSource {source.value} is not allowed here. Accepted values: [{names}]"
        )
    if source is ContentSource.PROVIDED and units == 0:
        raise BadRequest(
            "ERROR: The items of a box must be provided for contentInformationSource BOX_CONTENT_PROVIDED."
        )
    if source is not ContentSource.PROVIDED and units > 0:
        raise BadRequest(f"ERROR: The items of a box must be empty for contentInformationSource {source.value}.")
