"""Financial event groups: settlement periods, open and closed."""

from __future__ import annotations

from sellingpartner.contract import finances_v0 as v0
from sellingpartner.contract.finances_v0 import ListFinancialEventGroups, ListFinancialEventGroupsResponse
from sellingpartner.market.money.finances.groups import GroupFilter, page_of_groups
from sellingpartner.market.money.ledger.questions import Period
from sellingpartner.server.api.finances_v0.amounts import amount, second
from sellingpartner.server.api.money_pages import Pager
from sellingpartner.server.api.money_windows import window_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 10
_pager = Pager("listFinancialEventGroups", GroupFilter, "NextToken")
_STARTED = ("FinancialEventGroupStartedAfter", "FinancialEventGroupStartedBefore")


@handles(ListFinancialEventGroups)
def list_financial_event_groups(
    unit: UnitOfWork, request: ListFinancialEventGroups
) -> ListFinancialEventGroupsResponse:
    """List the groups that began in a time, the latest first.

    Assumed: listFinancialEventGroups takes the end of the time without its beginning.
    """
    asked = (request.financial_event_group_started_after, request.financial_event_group_started_before)
    after = None
    if request.next_token is not None:
        begun = _pager.opened(unit, request.next_token, asked)
        wanted, after = begun.wanted, begun.after
    else:
        window = window_of(unit, _STARTED, *asked, alone=True)
        if window.is_empty:
            return _answer([], None)
        wanted = GroupFilter(after=window.after, before=window.before)
    page = page_of_groups(unit, wanted, after, request.max_results_per_page or _PAGE)
    return _answer(page.groups, _pager.token(unit, wanted, asked, page.next_key))


def _answer(periods: list[Period], next_token: str | None) -> ListFinancialEventGroupsResponse:
    return ListFinancialEventGroupsResponse(
        payload=v0.ListFinancialEventGroupsPayload(
            next_token=next_token, financial_event_group_list=[group_view(one) for one in periods]
        )
    )


def group_view(period: Period) -> v0.FinancialEventGroup:
    """A group; of one that is open, what comes with its end is left out.

    Assumed: what a period that ended below zero comes to is owed, and has no transfer to tell of.
    """
    paid = None if period.is_open else amount(period.total_minor or 0, period.currency)
    return v0.FinancialEventGroup(
        financial_event_group_id=period.group_id,
        processing_status="Open" if period.is_open else "Closed",
        fund_transfer_status=period.transfer_status,
        original_total=paid or amount(period.balance_minor, period.currency),
        converted_total=paid,
        fund_transfer_date=second(period.transferred_at) if period.transferred_at else None,
        trace_id=period.trace_id,
        account_tail=period.account_tail,
        beginning_balance=amount(period.opening_minor, period.currency),
        financial_event_group_start=second(period.began_at),
        financial_event_group_end=None if period.is_open else second(period.ends_at),
    )
