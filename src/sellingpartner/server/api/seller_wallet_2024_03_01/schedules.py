"""Transfers that are planned."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from sellingpartner.contract import seller_wallet_2024_03_01 as v2024
from sellingpartner.contract.seller_wallet_2024_03_01 import (
    CreateTransferSchedule,
    DeleteScheduleTransaction,
    DeleteTransferSchedule,
    GetTransferSchedule,
    ListTransferSchedules,
    TransferSchedule,
    TransferScheduleListing,
    UpdateTransferSchedule,
)
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import application_by, check_marketplaces
from sellingpartner.market.money.wallet import commands, questions
from sellingpartner.market.money.wallet.model import Frequency, Plan, Schedule, Terms
from sellingpartner.market.money.wallet.refusals import Wrong
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.server.api.money_pages import Pager
from sellingpartner.server.api.seller_wallet_2024_03_01.views import (
    account_view,
    check_one_of,
    destination_of,
    wallet_meant,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 100
_EXPRESSIONS = ("RECURRING", "ONE_TIME")
_KINDS = ("PERCENTAGE", "AMOUNT")
_AGAIN = tuple(one.value for one in Frequency if one is not Frequency.ONCE)


class Listed(msgspec.Struct, frozen=True):
    """Whose schedules are meant."""

    account_id: str


_pager = Pager("listTransferSchedules", Listed, "nextPageToken")


@handles(ListTransferSchedules)
def list_transfer_schedules(unit: UnitOfWork, request: ListTransferSchedules) -> TransferScheduleListing:
    """Go through a wallet's schedules, the latest first."""
    wallet = wallet_meant(unit, request.account_id, request.marketplace_id)
    asked, before = (request.account_id,), None
    if request.next_page_token is not None:
        before = _pager.opened(unit, request.next_page_token, asked).after[1]
    found = questions.schedules_of(unit, wallet.currency, before, _PAGE + 1)
    page = found[:_PAGE]
    after = (page[-1].terms.starts_at, page[-1].number) if len(found) > _PAGE else None
    return TransferScheduleListing(
        next_page_token=_pager.token(unit, Listed(request.account_id), asked, after),
        transfer_schedules=[_view(unit, one) for one in page],
    )


@handles(GetTransferSchedule)
def get_transfer_schedule(unit: UnitOfWork, request: GetTransferSchedule) -> TransferSchedule:
    """Show one schedule."""
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    return _view(unit, questions.schedule_by_id(unit, request.transfer_schedule_id))


@handles(CreateTransferSchedule)
def create_transfer_schedule(unit: UnitOfWork, request: CreateTransferSchedule, caller: Caller) -> TransferSchedule:
    """Plan a transfer.

    Assumed: a planned transfer needs no approval when it happens; it was approved when it was planned.
    """
    wallet = wallet_meant(unit, request.source_account_id, request.marketplace_id)
    if request.source_currency_code != wallet.currency:
        message = f"sourceCurrencyCode is {request.source_currency_code[:10]!r}; the wallet is in {wallet.currency}."
        raise Wrong(message)
    _check_direction(request.transaction_type)
    status = request.transfer_schedule_status or v2024.TransferScheduleStatus.ENABLED
    check_one_of("transferScheduleStatus", status.value, (Plan.ENABLED.value, Plan.DISABLED.value))
    made = commands.plan(
        unit,
        wallet,
        destination_of(unit, request.destination_account_id, request.destination_transaction_instrument),
        _terms(unit, request.transfer_schedule_information, request.payment_preference, None),
        is_enabled=status.value == Plan.ENABLED.value,
        requester=application_by(unit, application_id=caller.application_id).name,
    )
    return _view(unit, made)


@handles(UpdateTransferSchedule)
def update_transfer_schedule(unit: UnitOfWork, request: UpdateTransferSchedule) -> TransferSchedule:
    """Change a schedule: its days, its amount, whether it goes on. Accounts stay what they are."""
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    schedule = questions.schedule_by_id(unit, request.transfer_schedule_id)
    _check_direction(request.transaction_type)
    check_one_of("transferScheduleStatus", request.transfer_schedule_status.value, (one.value for one in Plan))
    terms = _terms(unit, request.transfer_schedule_information, request.payment_preference, schedule.terms)
    return _view(unit, commands.change(unit, schedule, terms, Plan(request.transfer_schedule_status.value)))


@handles(DeleteScheduleTransaction)
def delete_schedule_transaction(unit: UnitOfWork, request: DeleteScheduleTransaction) -> DeleteTransferSchedule:
    """End a schedule."""
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    commands.delete(unit, questions.schedule_by_id(unit, request.transfer_schedule_id))
    return DeleteTransferSchedule(
        code="Successful",
        message="Deleted transfer schedule",
        details=f"Deleted transfer schedule for ID {request.transfer_schedule_id}",
    )


def _terms(
    unit: UnitOfWork,
    said: v2024.TransferScheduleInformation,
    preference: v2024.PaymentPreference | None,
    before: Terms | None,
) -> Terms:
    """What was said of days and amounts; what was not said is as before, or begins at once."""
    starts, ends = (
        _moment(name, one)
        for name, one in (("scheduleStartDate", said.schedule_start_date), ("scheduleEndDate", said.schedule_end_date))
    )
    is_percentage, value = (before.is_percentage, before.value) if before else (False, Decimal())
    if preference is not None:
        kind = preference.payment_preference_payment_type.value
        check_one_of("paymentPreference.paymentPreferencePaymentType", kind, _KINDS)
        is_percentage, value = kind == "PERCENTAGE", preference.value
    return Terms(
        starts_at=starts or (before.starts_at if before else unit.now),
        ends_at=ends or (before.ends_at if before else None),
        frequency=_frequency(said.schedule_expression, before),
        is_percentage=is_percentage,
        value=value,
    )


def _frequency(said: v2024.ScheduleExpression | None, before: Terms | None) -> Frequency:
    if said is None:
        if before is None:
            raise Wrong("transferScheduleInformation.scheduleExpression is missing; it says how often the transfer is.")
        return before.frequency
    check_one_of("scheduleExpressionType", said.schedule_expression_type.value, _EXPRESSIONS)
    again = said.recurring_frequency
    if said.schedule_expression_type.value == "ONE_TIME":
        if again is not None:
            raise Wrong("recurringFrequency is given with ONE_TIME; leave it out.")
        return Frequency.ONCE
    if again is None:
        raise Wrong("recurringFrequency is missing; RECURRING needs it.")
    check_one_of("recurringFrequency", again.value, _AGAIN)
    return Frequency(again.value)


def _moment(name: str, given: datetime | None) -> datetime | None:
    try:
        return None if given is None else in_utc(given)
    except OutOfBounds as reason:
        message = f"{name} is no time at which anything happens. {reason}"
        raise Wrong(message) from reason


def _check_direction(said: v2024.TransactionType) -> None:
    if said is not v2024.TransactionType.DEBIT:
        message = f"transactionType is {said.value}; a transfer out of a wallet is a DEBIT."
        raise Wrong(message)


def _view(unit: UnitOfWork, one: Schedule) -> TransferSchedule:
    wallet, terms = questions.wallet_in(unit, one.currency), one.terms
    is_once = terms.frequency is Frequency.ONCE
    return TransferSchedule(
        transfer_schedule_id=one.schedule_id,
        transaction_type=v2024.TransactionType.DEBIT,
        transaction_source_account=None if wallet is None else account_view(questions.as_bank_account(unit, wallet)),
        transaction_destination_account=account_view(one.destination),
        transfer_schedule_status=v2024.TransferScheduleStatus(one.status.value),
        transfer_schedule_information=v2024.TransferScheduleInformation(
            schedule_start_date=terms.starts_at,
            schedule_end_date=terms.ends_at,
            schedule_expression=v2024.ScheduleExpression(
                schedule_expression_type=v2024.ScheduleExpressionType.ONE_TIME
                if is_once
                else v2024.ScheduleExpressionType.RECURRING,
                recurring_frequency=None if is_once else v2024.RecurringFrequency(terms.frequency.value),
            ),
            schedule_type=v2024.ScheduleTransferType.TIME_BASED,
        ),
        payment_preference=v2024.PaymentPreference(
            payment_preference_payment_type=v2024.PaymentPreferencePaymentType.PERCENTAGE
            if terms.is_percentage
            else v2024.PaymentPreferencePaymentType.AMOUNT,
            value=terms.value,
        ),
        transfer_schedule_failures=[
            v2024.TransferScheduleFailures(
                transfer_schedule_failure_date=failed.at.replace(microsecond=0),
                transfer_schedule_failure_reason=failed.reason,
            )
            for failed in one.failures
        ],
    )
