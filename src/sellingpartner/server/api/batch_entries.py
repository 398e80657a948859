"""What every entry of a batch's answer has: a status with its words, and headers as if it had been called by itself."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from http import HTTPStatus

from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

OK = HTTPStatus.OK.value


def headers_of(unit: UnitOfWork, index: int) -> dict[str, str]:
    """The id of an entry's request, and its date, by the market's clock.

    Differs: the id of an entry in a batch follows from the market's moment, so that two batches at one moment of a
    frozen clock have the same.
    """
    number = wide_number_of(unit.seed, "entry", unit.seller_id, unit.now.isoformat(), index)
    return {"request_id": uuid_of(number), "date_": _date(unit.now)}


@lru_cache(maxsize=4)
def _date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def reason_of(status: int) -> str:
    """The words that go with a status."""
    return HTTPStatus(status).phrase
