"""Balances: what a seller has, as a tree of what is available and what is reserved."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sellingpartner.contract import finances_2024_06_19 as v2024
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.finances_2024_06_19 import ListBalances, ListBalancesResponse
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.money.ledger.questions import Balance, balance, currencies_of
from sellingpartner.market.time.bounds import within
from sellingpartner.server.api.finances_2024_06_19.views import amount
from sellingpartner.server.api.money_accounts import STANDARD, check_account_type, check_no_token
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_Type = v2024.BalanceType
_DAY = timedelta(days=1)


@handles(ListBalances)
def list_balances(unit: UnitOfWork, request: ListBalances) -> ListBalancesResponse:
    """See what there is in each currency, at this moment or at the end of a day.

    Assumed: listBalances tells a currency's balance of the first marketplace of the seller's that has it; a day ends at
    midnight in UTC; a balance type names the part of the tree that is shown.
    """
    check_no_token(request.next_token)
    check_account_type(request.account_type)
    wanted = _balance_type(request.balance_type)
    at = None
    if request.as_of_date is not None:
        day = within(request.as_of_date)
        if day > unit.now.date():
            message = f"asOfDate is {day}; it must not be after today, {unit.now:%Y-%m-%d}."
            raise InvalidInput(message)
        at = min(datetime.combine(day, time(), UTC) + _DAY, unit.now)
    found = []
    for marketplace_id, currency in _places(unit).items():
        if request.marketplace_ids is not None and marketplace_id not in request.marketplace_ids:
            continue
        tree = _tree(unit, marketplace_id, balance(unit, currency, at), at or unit.now)
        found += [part for part in _all_of(tree) if part.balance_type == wanted] if wanted else [tree]
    return ListBalancesResponse(balances=found)


def _places(unit: UnitOfWork) -> dict[str, str]:
    """The marketplaces that stand for currencies."""
    known = set(currencies_of(unit))
    places: dict[str, str] = {}
    for entered in participations_of(unit, unit.seller_id):
        currency = MARKETPLACES[entered.marketplace_id].currency
        if currency in known and currency not in places.values():
            places[entered.marketplace_id] = currency
    return places


def _balance_type(text: str | None) -> v2024.BalanceType | None:
    if text is None:
        return None
    if text not in set(_Type):
        names = ", ".join(_Type)
        message = f"balanceType is {text!r}; it must be one of {names}."
        raise InvalidInput(message)
    return _Type(text)


def _tree(unit: UnitOfWork, marketplace_id: str, there: Balance, at: datetime) -> v2024.Balance:
    def part(kind: v2024.BalanceType, minor: int, parts: list[v2024.Balance]) -> v2024.Balance:
        return v2024.Balance(
            partner_metadata=v2024.PartnerMetadata(
                partner_id=unit.seller_id, account_type=STANDARD, marketplace_id=marketplace_id
            ),
            balance_type=kind,
            amount=amount(minor, there.currency),
            balances=parts,
            as_of_date=at.replace(microsecond=0),
            last_updated_time=unit.now.replace(microsecond=0),
        )

    reserved = [part(_Type.DEFERRED, there.held, []), part(_Type.ACCOUNT_LEVEL_RESERVE, there.reserve, [])]
    return part(
        _Type.TOTAL,
        there.total,
        [
            part(_Type.AVAILABLE, there.available, []),
            part(_Type.RESERVED, there.held + there.reserve, reserved),
        ],
    )


def _all_of(tree: v2024.Balance) -> list[v2024.Balance]:
    return [tree, *(found for part in tree.balances or [] for found in _all_of(part))]
