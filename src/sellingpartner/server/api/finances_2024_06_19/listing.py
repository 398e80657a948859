"""The list of transactions."""

from __future__ import annotations

from sellingpartner.contract import finances_2024_06_19 as v2024
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.finances_2024_06_19 import ListTransactions, ListTransactionsResponse
from sellingpartner.market.money.finances.transactions import (
    TransactionFilter,
    TransactionPage,
    TransactionStatus,
    page_of_transactions,
)
from sellingpartner.market.money.ledger.questions import period_by_group
from sellingpartner.server.api.finances_2024_06_19.views import transaction_view
from sellingpartner.server.api.money_pages import Pager
from sellingpartner.server.api.money_windows import window_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
_ORDER, _GROUP = v2024.RelatedIdentifierName.ORDER_ID, v2024.RelatedIdentifierName.FINANCIAL_EVENT_GROUP_ID
_pager = Pager("listTransactions", TransactionFilter, "nextToken")


@handles(ListTransactions)
def list_transactions(unit: UnitOfWork, request: ListTransactions) -> ListTransactionsResponse:
    """List what was posted, whether its money is held or available.

    Differs: Amazon lists the transactions of one kind of account after those of another; here they are listed by date.
    """
    asked = (
        request.posted_after,
        request.posted_before,
        request.marketplace_id,
        request.transaction_status,
        request.related_identifier_name,
        request.related_identifier_value,
    )
    after = None
    if request.next_token is not None:
        begun = _pager.opened(unit, request.next_token, asked)
        wanted: TransactionFilter | None = begun.wanted
        after = begun.after
    else:
        wanted = _wanted(unit, request)
    page = TransactionPage() if wanted is None else page_of_transactions(unit, wanted, after, _PAGE)
    return ListTransactionsResponse(
        payload=v2024.TransactionsPayload(
            next_token=None if wanted is None else _pager.token(unit, wanted, asked, page.next_key),
            transactions=[transaction_view(unit, one) for one in page.transactions],
        )
    )


def _wanted(unit: UnitOfWork, request: ListTransactions) -> TransactionFilter | None:
    """What is asked for; None for what holds nothing."""
    order_id, group_id = _related(request)
    if request.posted_after is None and order_id is None and group_id is None:
        raise InvalidInput("postedAfter is missing; give it, or a related identifier.")
    alone = order_id is not None or group_id is not None
    window = window_of(unit, ("postedAfter", "postedBefore"), request.posted_after, request.posted_before, alone=alone)
    status = _status(request.transaction_status)
    period = period_by_group(unit, group_id) if group_id is not None else None
    if window.is_empty or (group_id is not None and period is None):
        return None
    return TransactionFilter(
        after=window.after,
        before=window.before,
        marketplace_id=request.marketplace_id,
        order_id=order_id,
        period_id=period.period_id if period else None,
        status=status,
    )


def _related(request: ListTransactions) -> tuple[str | None, str | None]:
    """The order or the group whose transactions are meant."""
    name, value = request.related_identifier_name, request.related_identifier_value
    if (name is None) != (value is None):
        raise InvalidInput("relatedIdentifierName and relatedIdentifierValue belong together; give both, or neither.")
    if name is not None and name not in {_ORDER, _GROUP}:
        message = f"relatedIdentifierName is {name!r}; what can be filtered by is {_ORDER.value} or {_GROUP.value}."
        raise InvalidInput(message)
    return (value if name == _ORDER else None), (value if name == _GROUP else None)


def _status(text: str | None) -> TransactionStatus | None:
    try:
        return None if text is None else TransactionStatus(text)
    except ValueError:
        names = ", ".join(TransactionStatus)
        message = f"transactionStatus is {text!r}; it must be one of {names}."
        raise InvalidInput(message) from None
