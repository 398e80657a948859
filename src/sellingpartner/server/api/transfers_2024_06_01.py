"""Transfers, 2024-06-01: what is paid out of an account, when and where to; a view of the ledger's payouts.

Assumed: a payout of a settlement is told of the marketplace whose calendar its currency keeps.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from sellingpartner.contract import transfers_2024_06_01 as v2024
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES, Marketplace, Region
from sellingpartner.contract.transfers_2024_06_01 import (
    GetPaymentMethods,
    GetPaymentMethodsResponse,
    InitiatePayout,
    InitiatePayoutResponse,
    ListExpectedPayouts,
    ListExpectedPayoutsResponse,
    ListPayouts,
    ListPayoutsResponse,
)
from sellingpartner.market.accounts.questions import check_marketplaces, seller_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.ledger.balances.paying_out import goes_into_wallet
from sellingpartner.market.money.ledger.commands import pay_out
from sellingpartner.market.money.ledger.identifiers import BANK, payment_method_id_of
from sellingpartner.market.money.ledger.policies import account_tail
from sellingpartner.market.money.ledger.questions import (
    Payout,
    Period,
    balance,
    home_of,
    payouts_of,
    period_of,
    periods_of,
    policy_of,
    trace_id_of,
)
from sellingpartner.market.money.wallet.model import BankAccount
from sellingpartner.market.money.wallet.questions import as_bank_account, own_accounts, wallet_in
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.market.time.chance import number_of
from sellingpartner.server.api.money_accounts import STANDARD, check_account_type, check_no_token
from sellingpartner.server.api.money_pages import Pager
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 100
_ONCE_IN = timedelta(hours=24)
_Status, _Expected, _Method = v2024.PayoutStatusName, v2024.ExpectedPayoutStatusName, v2024.PaymentMethodType


class PayoutFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which payouts are meant."""

    currencies: tuple[str, ...] | None = None
    after: datetime | None = None
    before: datetime | None = None
    payout_id: str | None = None


_pager = Pager("listPayouts", PayoutFilter, "nextToken")


@handles(ListPayouts)
def list_payouts(unit: UnitOfWork, request: ListPayouts) -> ListPayoutsResponse:
    """List payouts, the latest first."""
    asked = (
        request.marketplace_ids,
        request.created_after,
        request.created_before,
        request.payout_id,
        request.account_type,
    )
    if request.next_token is None:
        wanted, after = _wanted(unit, request), None
    else:
        begun = _pager.opened(unit, request.next_token, asked)
        wanted, after = begun.wanted, begun.after
    found = [one for one in payouts_of(unit) if _is_meant(one, wanted) and (after is None or one.payout_id < after[1])]
    page, more = found[:_PAGE], len(found) > _PAGE
    key = (page[-1].begun_at, page[-1].payout_id) if more else None
    return ListPayoutsResponse(
        payouts=[payout_view(unit, one) for one in page], next_token=_pager.token(unit, wanted, asked, key)
    )


@handles(ListExpectedPayouts)
def list_expected_payouts(unit: UnitOfWork, request: ListExpectedPayouts) -> ListExpectedPayoutsResponse:
    """See what the settlement periods that are open would pay out, if they ended as they are."""
    check_no_token(request.next_token)
    check_account_type(request.account_type)
    currencies = _currencies(unit, request.marketplace_ids)
    return ListExpectedPayoutsResponse(
        expected_payouts=[
            _expected(unit, one)
            for one in periods_of(unit)
            if one.is_open and (currencies is None or one.currency in currencies)
        ]
    )


@handles(GetPaymentMethods)
def get_payment_methods(unit: UnitOfWork, request: GetPaymentMethods) -> GetPaymentMethodsResponse:
    """List the bank account that money goes to, and the card that debts are charged to."""
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    market = MARKETPLACES[request.marketplace_id]
    known = seller_of(unit, unit.seller_id).profile
    holder = known.business.name if known.business else known.contact.name if known.contact else None
    methods = [
        *(_account_method(unit, one) for one in own_accounts(unit) if one.currency == market.currency),
        *_wallet_method(unit, market.currency),
        _card_method(unit, market, holder),
    ]
    wanted = request.payment_method_types
    return GetPaymentMethodsResponse(
        payment_methods=[one for one in methods if wanted is None or one.payment_method_type in wanted]
    )


@handles(InitiatePayout)
def initiate_payout(unit: UnitOfWork, request: InitiatePayout) -> InitiatePayoutResponse:
    """Pay out all that is available, once in 24 hours for a marketplace.

    Assumed: initiatePayout is refused with 400 outside Europe, within 24 hours, and where nothing is available.
    """
    check_account_type(request.account_type)
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    market = MARKETPLACES[request.marketplace_id]
    if market.region is not Region.EU:
        message = (
            f"marketplaceId is {market.marketplace_id} ({market.country}); payouts on demand exist in Europe only."
        )
        raise InvalidInput(message)
    last = next((one for one in payouts_of(unit, market.currency) if one.marketplace_id == market.marketplace_id), None)
    if last is not None and last.begun_at > unit.now - _ONCE_IN:
        message = (
            f"A payout was initiated at {last.begun_at:%Y-%m-%dT%H:%M:%SZ}; the next one may be 24 hours after it."
        )
        raise InvalidInput(message)
    paid = pay_out(
        unit,
        market.currency,
        marketplace_id=market.marketplace_id,
        method_id=payment_method_id_of(unit, market.currency, BANK),
    )
    return InitiatePayoutResponse(payout_reference_id=str(paid.payout_id))


def payout_view(unit: UnitOfWork, payout: Payout) -> v2024.Payout:
    """A payout in Amazon's words, which has none for the method of one that goes into a wallet."""
    into_wallet = goes_into_wallet(unit, payout)
    period = period_of(unit, payout.period_id) if payout.period_id is not None else None
    return v2024.Payout(
        id=str(payout.payout_id),
        partner_metadata=_partner(unit, payout.currency, payout.marketplace_id),
        current_status=_Status(payout.status),
        status_history=_history(payout),
        type=v2024.PayoutTypeName(payout.kind),
        amount=_amount(payout.amount_minor, payout.currency),
        account_tail="000" if into_wallet else policy_of(unit, payout.currency).bank_tail,
        payment_method=None if into_wallet else v2024.PaymentMethodName.BANK_ACCOUNT,
        creation_date=payout.begun_at.replace(microsecond=0),
        trace_id=trace_id_of(unit, payout.payout_id),
        period=_period(period) if period else None,
        related_identifiers=_related([period] if period else []),
    )


def _history(payout: Payout) -> list[v2024.PayoutStatusEntry]:
    """Assumed: a payout is on its way at the moment at which it is started."""
    begun = [(_Status.STARTED, payout.begun_at, None), (_Status.IN_TRANSIT, payout.begun_at, None)]
    ended = [(_Status(payout.status), payout.ended_at, payout.reason or None)] if payout.ended_at else []
    return [
        v2024.PayoutStatusEntry(status=status, last_updated_date=at.replace(microsecond=0), failure_reason=reason)
        for status, at, reason in (*begun, *ended)
    ]


def _expected(unit: UnitOfWork, period: Period) -> v2024.ExpectedPayout:
    minor, policy = balance(unit, period.currency).available, policy_of(unit, period.currency)
    if minor < 0:
        status = _Expected.AT_RISK
    elif not policy.bank_works and not policy.pays_into_wallet:
        status = _Expected.DISABLED
    else:
        status = _Expected.SCHEDULED if minor >= max(policy.minimum_minor, 1) else _Expected.NO_PAYOUT_EXPECTED
    return v2024.ExpectedPayout(
        partner_metadata=_partner(unit, period.currency, None),
        amount=_amount(minor, period.currency),
        status=status,
        period=_period(period),
        scheduled_date=period.ends_at.replace(microsecond=0),
        account_tail=account_tail(policy),
        payment_method=None if policy.pays_into_wallet else v2024.PaymentMethodName.BANK_ACCOUNT,
        related_identifiers=_related([period]),
    )


def _wanted(unit: UnitOfWork, request: ListPayouts) -> PayoutFilter:
    check_account_type(request.account_type)
    try:
        after, before = (one and in_utc(one) for one in (request.created_after, request.created_before))
    except OutOfBounds as reason:
        raise InvalidInput(str(reason)) from reason
    if after is not None and before is not None and before <= after:
        raise InvalidInput("createdBefore is not after createdAfter; it must be.")
    return PayoutFilter(
        currencies=_currencies(unit, request.marketplace_ids),
        after=after,
        before=before,
        payout_id=request.payout_id,
    )


def _is_meant(payout: Payout, wanted: PayoutFilter) -> bool:
    return (
        (wanted.currencies is None or payout.currency in wanted.currencies)
        and (wanted.after is None or payout.begun_at >= wanted.after)
        and (wanted.before is None or payout.begun_at <= wanted.before)
        and (wanted.payout_id is None or str(payout.payout_id) == wanted.payout_id)
    )


def _currencies(unit: UnitOfWork, marketplace_ids: list[str] | None) -> tuple[str, ...] | None:
    """The currencies of marketplaces, each of which must be the seller's."""
    if marketplace_ids is None:
        return None
    check_marketplaces(unit, unit.seller_id, marketplace_ids)
    return tuple(sorted({MARKETPLACES[one].currency for one in marketplace_ids}))


def _partner(unit: UnitOfWork, currency: str, marketplace_id: str | None) -> v2024.PartnerMetadata:
    return v2024.PartnerMetadata(
        partner_id=unit.seller_id,
        account_type=STANDARD,
        marketplace_id=marketplace_id or home_of(currency).marketplace_id,
    )


def _related(periods: Iterable[Period]) -> list[v2024.RelatedIdentifier]:
    name = v2024.RelatedIdentifierName.SETTLEMENT_ID
    return [
        v2024.RelatedIdentifier(related_identifier_name=name, related_identifier_value=str(one.settlement_id))
        for one in periods
    ]


def _period(period: Period) -> v2024.Period:
    return v2024.Period(
        start_date=period.began_at.replace(microsecond=0), end_date=period.ends_at.replace(microsecond=0)
    )


def _amount(minor: int, currency: str) -> v2024.Currency:
    return v2024.Currency(currency_code=currency, currency_amount=Money(minor, currency).decimal)


def _account_method(unit: UnitOfWork, account: BankAccount) -> v2024.PaymentMethodDetails:
    """A bank account; payouts go to the first one, unless they go into a wallet."""
    is_default = account.account_id == payment_method_id_of(unit, account.currency, BANK)
    takes_payouts = is_default and not policy_of(unit, account.currency).pays_into_wallet
    return v2024.PaymentMethodDetails(
        account_holder_name=account.holder,
        payment_method_id=account.account_id,
        tail=policy_of(unit, account.currency).bank_tail if is_default else account.tail,
        country_code=account.country_code,
        payment_method_type=_Method.BANK_ACCOUNT,
        assignment_type=v2024.AssignmentType.DEFAULT_DEPOSIT_METHOD if takes_payouts else None,
    )


def _wallet_method(unit: UnitOfWork, currency: str) -> list[v2024.PaymentMethodDetails]:
    wallet = wallet_in(unit, currency)
    if wallet is None:
        return []
    account, takes_payouts = as_bank_account(unit, wallet), policy_of(unit, currency).pays_into_wallet
    return [
        v2024.PaymentMethodDetails(
            account_holder_name=account.holder,
            payment_method_id=account.account_id,
            tail=account.tail,
            country_code=account.country_code,
            payment_method_type=_Method.SELLER_WALLET,
            assignment_type=v2024.AssignmentType.DEFAULT_DEPOSIT_METHOD if takes_payouts else None,
        )
    ]


def _card_method(unit: UnitOfWork, market: Marketplace, holder: str | None) -> v2024.PaymentMethodDetails:
    drawn = number_of(unit.seed, unit.seller_id, "card", market.currency)
    return v2024.PaymentMethodDetails(
        account_holder_name=holder,
        payment_method_id=payment_method_id_of(unit, market.currency, _Method.CARD.value),
        tail=f"{drawn % 10_000:04d}",
        expiry_date=v2024.ExpiryDate(month=f"{drawn % 12 + 1:02d}", year=str(unit.now.year + 1 + drawn % 4)),
        country_code=market.country_code,
        payment_method_type=_Method.CARD,
    )
