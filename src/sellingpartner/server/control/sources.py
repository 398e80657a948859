"""A supply source by the code that its seller gave it."""

from __future__ import annotations

from sellingpartner.market.supply.errors import SourceUnknown
from sellingpartner.market.supply.model import SupplySource
from sellingpartner.market.supply.questions import source_by_code
from sellingpartner.storage.unit import UnitOfWork


def coded(unit: UnitOfWork, code: str) -> SupplySource:
    """The supply source with a code; raises `SourceUnknown`."""
    source = source_by_code(unit, code)
    if source is None:
        raise SourceUnknown(code)
    return source
