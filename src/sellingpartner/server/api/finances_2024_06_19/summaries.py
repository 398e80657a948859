"""Money movements summed up, over a time or over a settlement period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sellingpartner.contract import finances_2024_06_19 as v2024
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.finances_2024_06_19 import ListSummary, SummaryResponse
from sellingpartner.market.money.finances.breakdowns import Branch, sales_and_expenses
from sellingpartner.market.money.finances.summaries import Sum, SummaryFilter, sums_of
from sellingpartner.market.money.ledger.components import components
from sellingpartner.market.money.ledger.questions import Period, periods_of
from sellingpartner.market.time.bounds import within
from sellingpartner.server.api.finances_2024_06_19.views import amount
from sellingpartner.server.api.money_accounts import STANDARD, check_account_type, check_no_token
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_SETTLEMENT = v2024.RelatedIdentifierName.SETTLEMENT_ID
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DAY = timedelta(days=1)
_USUAL = timedelta(days=30)
_LONGEST = timedelta(days=180)


@handles(ListSummary)
def list_summary(unit: UnitOfWork, request: ListSummary) -> SummaryResponse:
    """Sum up what counted, for each marketplace and currency.

    Assumed: without a time and without a settlement, listSummary sums up the last 30 days; days are those of UTC.
    """
    check_no_token(request.next_token)
    check_account_type(request.account_type)
    period = _settlement(unit, request)
    wanted, begins, ends = (
        (SummaryFilter(period_id=period.period_id), period.began_at, period.ends_at) if period else _time(unit, request)
    )
    if request.related_identifier_name is not None and period is None:
        return SummaryResponse(summaries=[])
    by_place: dict[tuple[str | None, str], list[Sum]] = {}
    for one in sums_of(unit, wanted):
        by_place.setdefault((one.marketplace_id, one.currency), []).append(one)
    return SummaryResponse(
        summaries=[
            _summary(unit, place, sums, period, (begins, ends))
            for place, sums in by_place.items()
            if request.marketplace_ids is None or place[0] in request.marketplace_ids
        ]
    )


def _settlement(unit: UnitOfWork, request: ListSummary) -> Period | None:
    name, value = request.related_identifier_name, request.related_identifier_value
    if (name is None) != (value is None):
        raise InvalidInput("relatedIdentifierName and relatedIdentifierValue belong together; give both, or neither.")
    if name is None:
        return None
    if name != _SETTLEMENT:
        message = f"relatedIdentifierName is {name!r}; it must be {_SETTLEMENT.value}."
        raise InvalidInput(message)
    if request.period_start is not None or request.period_end is not None:
        raise InvalidInput("A settlement has a time of its own; leave periodStart and periodEnd out.")
    return next((one for one in periods_of(unit) if str(one.settlement_id) == value), None)


def _time(unit: UnitOfWork, request: ListSummary) -> tuple[SummaryFilter, datetime, datetime]:
    today = unit.now.date()
    last = min(within(request.period_end or today), today)
    first = within(request.period_start or last - _USUAL)
    if first > last:
        message = f"periodStart is {first}; it must not be after {last}."
        raise InvalidInput(message)
    if last - first > _LONGEST:
        message = f"periodStart and periodEnd are {(last - first).days} days apart; it must be 180 at most."
        raise InvalidInput(message)
    begins, ends = _midnight(first), _midnight(last + _DAY)
    return SummaryFilter(after=begins, before=ends), begins, ends


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _summary(
    unit: UnitOfWork,
    place: tuple[str | None, str],
    sums: list[Sum],
    period: Period | None,
    bounds: tuple[datetime, datetime],
) -> v2024.Summary:
    marketplace_id, currency = place
    parts = _parts(sums)
    related = [
        v2024.RelatedIdentifier(related_identifier_name=_SETTLEMENT, related_identifier_value=str(period.settlement_id))
        for period in ([period] if period else [])
    ]
    return v2024.Summary(
        partner_metadata=v2024.PartnerMetadata(
            partner_id=unit.seller_id, account_type=STANDARD, marketplace_id=marketplace_id
        ),
        net_proceeds=amount(sum(one.minor for one in sums), currency),
        related_identifiers=related,
        breakdowns=[_view(side, currency) for side in sales_and_expenses(parts)],
        period_start=bounds[0].replace(microsecond=0),
        period_end=bounds[1].replace(microsecond=0),
    )


def _view(side: Branch, currency: str) -> v2024.Breakdown:
    return v2024.Breakdown(
        breakdown_type=side.name,
        breakdown_amount=amount(side.minor, currency),
        breakdowns=[
            v2024.Breakdown(breakdown_type=part.name, breakdown_amount=amount(part.minor, currency), breakdowns=[])
            for part in side.parts.values()
        ],
    )


def _parts(sums: Iterable[Sum]) -> list[Branch]:
    """Sums by what people call them: `Product Charges`, `FBA Fees`."""
    found: dict[str, Branch] = {}
    for one in sums:
        name = _name(one.component)
        found.setdefault(name, Branch(name)).add((), one.minor)
    return list(found.values())


def _name(key: str) -> str:
    """Assumed: in listSummary fees that begin with FBA are one part, and every other part has its name in words."""
    if key.startswith("FBA"):
        return "FBA Fees"
    return _WORD.sub(" ", components()[key].path[0])
