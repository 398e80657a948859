"""The door to what queries say (`asking.py`): GraphQL's library comes with it, when somebody first asks the Data Kiosk.

Most markets are never asked, and to import it is a tenth of the time that a market takes to start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellingpartner.market.data_kiosk.datasets import Fields
from sellingpartner.storage.unit import UnitOfWork

if TYPE_CHECKING:
    from sellingpartner.market.data_kiosk.asking import Said


def checked(unit: UnitOfWork, text: str) -> Said:
    """A query whose arguments hold for this seller at this moment; raises `QueryInvalid`."""
    from sellingpartner.market.data_kiosk import asking  # noqa: PLC0415 - see above

    return asking.checked(unit, text)


def understood(text: str) -> Said:
    """A query in the terms of its dataset's schema; raises `QueryInvalid`."""
    from sellingpartner.market.data_kiosk import asking  # noqa: PLC0415 - see above

    return asking.understood(text)


def shown(said: Said, rows: list[Fields]) -> list[object]:
    """What a query names of rows; raises `RowsUnavailable`."""
    from sellingpartner.market.data_kiosk import asking  # noqa: PLC0415 - see above

    return asking.shown(said, rows)
