"""What was asked of a report, as a family's function is told it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is to be made, checked already."""

    report_id: str
    report_type: str
    marketplace_ids: tuple[str, ...]
    options: Mapping[str, str] = {}
    start: datetime
    """The first moment that the report is about."""
    end: datetime
    """The first moment after that."""
    at: datetime
    """When it is made: the state of this moment is what it tells."""

    @property
    def marketplace_id(self) -> str:
        """The first of its marketplaces, which decides language and charset."""
        return self.marketplace_ids[0]
