"""Settlement reports come by themselves: they are made when a settlement period closes, and nobody asks for them."""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.events.money import PeriodClosed
from sellingpartner.market.money.finances.settled import has_settled
from sellingpartner.market.money.ledger.questions import home_of
from sellingpartner.market.reports.queue import make_own
from sellingpartner.storage.unit import UnitOfWork, on

TYPES = (
    "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",
    "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE",
    "GET_V2_SETTLEMENT_REPORT_DATA_XML",
)
SETTLEMENT = "settlement-id"
"""By which of its options a report knows its settlement."""


@on(PeriodClosed)
def make_reports(unit: UnitOfWork, fact: PeriodClosed) -> None:
    """Have the reports of a settlement made.

    Assumed: a settlement period in which nothing was posted has no report.
    """
    if not has_settled(unit, fact.period_id):
        return
    marketplace_ids = _listed_for(unit, fact.currency)
    for report_type in TYPES:
        make_own(
            unit,
            report_type,
            marketplace_ids,
            start=fact.began_at,
            end=fact.ended_at,
            options={SETTLEMENT: str(fact.settlement_id)},
        )


def _listed_for(unit: UnitOfWork, currency: str) -> tuple[str, ...]:
    """All of the seller's marketplaces of the region, of which those come first that have the currency."""
    home = home_of(currency)
    entered = [MARKETPLACES[one.marketplace_id] for one in participations_of(unit, unit.seller_id)]
    there = sorted(
        (one for one in entered if one.region is home.region),
        key=lambda one: (one.currency != currency, one.marketplace_id != home.marketplace_id, one.marketplace_id),
    )
    return tuple(one.marketplace_id for one in there) or (home.marketplace_id,)
