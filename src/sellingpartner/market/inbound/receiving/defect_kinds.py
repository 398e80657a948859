"""What can be wrong with a shipment when it is received (`defects.toml`), and what is drawn of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, NamedTuple

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.inbound.model import Coaching, Owner, PlanItem

MISSING, UNEXPECTED, CONTENTS, ABANDONED = (
    "UNITS_MISSING",
    "UNITS_UNEXPECTED",
    "CONTENTS_UNKNOWN",
    "SHIPMENT_ABANDONED",
)
_LABEL = "LABEL"
_MOST_FLAWED = 5


class Flaw(NamedTuple):
    """What is wrong with so many units of a SKU."""

    sku: str
    kind: str
    units: int


class DefectKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of problem."""

    group: str
    problem: str
    level: str
    unit: str
    fee: Mapping[str, Any] = {}
    prep: str = ""

    @property
    def fee_name(self) -> str:
        """What the fee for it is called; empty where it costs nothing anywhere."""
        return str(self.fee.get("name", ""))

    def cost_in(self, country: str, coaching: Coaching) -> int:
        """What it costs for a unit, in minor units of the country's currency."""
        by_level = self.fee.get(country)
        return 0 if by_level is None else int(by_level[list(Coaching).index(coaching)])


@cache
def defect_kinds() -> Mapping[str, DefectKind]:
    """All kinds, by the word for each."""
    place = files("sellingpartner.market.inbound.receiving") / "defects.toml"
    return msgspec.toml.decode(place.read_bytes(), type=dict[str, DefectKind])


def check_flaws(flaws: Iterable[Flaw], left: Mapping[str, int]) -> None:
    """Raise `InvalidInput` for a kind that is not one of units, or for more units than are left of a SKU."""
    kinds = [key for key, kind in defect_kinds().items() if kind.prep]
    for flaw in flaws:
        if flaw.kind not in kinds:
            message = f"{flaw.kind[:40]!r} is nothing that units can have; they can have {', '.join(kinds)}."
            raise InvalidInput(message)
        if flaw.sku not in left:
            message = f"SKU {flaw.sku[:60]!r} is not in the shipment; it holds {', '.join(left)[:200]}."
            raise InvalidInput(message)
        if not 0 < flaw.units <= left[flaw.sku]:
            message = f"Of SKU {flaw.sku[:60]!r} {left[flaw.sku]} units are still to be received; name 1 to so many."
            raise InvalidInput(message)


def flaws_of(luck: Random, items: Iterable[PlanItem], opened: Mapping[str, int]) -> list[Flaw]:
    """What is wrong with units that were opened, in one SKU: only what was its seller's to do."""
    possible = [
        (item.msku, key)
        for item in items
        for key, kind in defect_kinds().items()
        if kind.prep and opened.get(item.msku) and _is_sellers(item, kind.prep)
    ]
    if not possible:
        return []
    sku, kind = luck.choice(possible)
    return [Flaw(sku, kind, luck.randint(1, min(opened[sku], _MOST_FLAWED)))]


def _is_sellers(item: PlanItem, prep: str) -> bool:
    """Whether a preparation of a unit was its seller's to do."""
    if prep == _LABEL:
        return item.label_owner is Owner.SELLER
    return any(one.prep_type == prep and one.owner is Owner.SELLER for one in item.instructions)
