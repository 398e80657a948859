"""The reports that hold personal data: a link to one of these is given for a restricted data token alone.

The token names the very document. For all other reports it must not be asked for, as the request would be refused.
"""

from __future__ import annotations

from sellingpartner.client.options import PERSONAL_DATA
from sellingpartner.contract.report_types import REPORT_TYPES


def personal_data_of(report_type: str) -> tuple[str, ...]:
    """What has to be asked for to fetch a report of this type."""
    known = REPORT_TYPES.get(report_type)
    return PERSONAL_DATA if known is not None and known.is_restricted else ()
