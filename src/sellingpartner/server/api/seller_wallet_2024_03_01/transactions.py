"""Money that comes into a wallet or leaves it, and what that costs."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import seller_wallet_2024_03_01 as v2024
from sellingpartner.contract.seller_wallet_2024_03_01 import (
    CreateTransaction,
    CreateTransactionResponse,
    GetTransaction,
    GetTransferPreview,
    ListAccountTransactions,
    TransactionListing,
    TransferRatePreview,
)
from sellingpartner.counted import counted
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import application_by, check_marketplaces
from sellingpartner.market.money.wallet import commands, questions
from sellingpartner.market.money.wallet.model import Direction, Transaction
from sellingpartner.market.money.wallet.refusals import NoSuchAccount, Wrong
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.server.api.money_pages import Pager
from sellingpartner.server.api.seller_wallet_2024_03_01.views import (
    account_view,
    destination_of,
    minor_of,
    money,
    rate_view,
    wallet_meant,
)
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 100
_MOST_TEXT = 140
APPROVAL = "/console/wallet/approval"
"""Where the seller approves what an application asks for."""


class Listed(msgspec.Struct, frozen=True):
    """Whose transactions are meant."""

    account_id: str


_pager = Pager("listAccountTransactions", Listed, "nextPageToken")


@handles(GetTransferPreview)
def get_transfer_preview(unit: UnitOfWork, request: GetTransferPreview) -> TransferRatePreview:
    """Tell what a transfer would cost."""
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    source = request.source_currency_code
    for name, code in (
        ("sourceCountryCode", request.source_country_code),
        ("destinationCountryCode", request.destination_country_code),
    ):
        if len(code) != 2 or not code.isalpha():  # noqa: PLR2004 - ISO 3166
            message = f"{name} is {code[:20]!r}; it must be two letters, as ISO 3166 has them."
            raise Wrong(message)
    if questions.wallet_in(unit, source) is None:
        raise NoSuchAccount(source)
    minor = minor_of("baseAmount", request.base_amount, source)
    return rate_view(questions.preview(unit, source, minor, request.destination_currency_code))


@handles(ListAccountTransactions)
def list_account_transactions(unit: UnitOfWork, request: ListAccountTransactions) -> TransactionListing:
    """Go through a wallet's transactions, the latest first."""
    wallet = wallet_meant(unit, request.account_id, request.marketplace_id)
    asked, before = (request.account_id,), None
    if request.next_page_token is not None:
        before = _pager.opened(unit, request.next_page_token, asked).after[1]
    found = questions.transactions_of(unit, wallet.currency, before, _PAGE + 1)
    page = found[:_PAGE]
    after = (page[-1].requested_at, page[-1].number) if len(found) > _PAGE else None
    return TransactionListing(
        next_page_token=_pager.token(unit, Listed(request.account_id), asked, after),
        transactions=[_view(unit, one) for one in page],
    )


@handles(GetTransaction)
def get_transaction(unit: UnitOfWork, request: GetTransaction) -> v2024.Transaction:
    """Show one transaction."""
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    return _view(unit, questions.transaction_by_id(unit, request.transaction_id))


@handles(CreateTransaction)
def create_transaction(
    unit: UnitOfWork, request: CreateTransaction, caller: Caller, origin: Origin
) -> CreateTransactionResponse:
    """Ask to send money out of a wallet; the seller approves it on a page."""
    wallet = wallet_meant(unit, request.source_account_id, request.marketplace_id)
    currency = request.source_amount.currency_code
    if currency != wallet.currency:
        message = f"sourceAmount.currencyCode is {(currency or '')[:10]!r}; the wallet is in {wallet.currency}."
        raise Wrong(message)
    _check_request(unit, request)
    rate = request.transfer_rate_details
    asked = commands.request(
        unit,
        wallet,
        commands.Wish(
            minor=minor_of("sourceAmount.currencyAmount", request.source_amount.currency_amount, wallet.currency),
            destination=destination_of(
                unit, request.destination_account_id, request.destination_transaction_instrument
            ),
            description=request.transaction_description or "",
            requester=application_by(unit, application_id=caller.application_id).name,
            rate_id=None if rate is None else rate.fx_rate_details.fx_rate_id,
        ),
    )
    return CreateTransactionResponse(
        transaction=_view(unit, asked), call_back_url=f"{origin}{APPROVAL}?transactionId={asked.transaction_id}"
    )


def _check_request(unit: UnitOfWork, request: CreateTransaction) -> None:
    """Assumed: a request is refused that says to be made in the future, or long texts, or to nobody in particular."""
    instrument = request.destination_transaction_instrument
    is_own = instrument.bank_account.bank_account_ownership_type is v2024.BankAccountOwnershipType.SELF
    if not is_own and request.payee_contact_information is None:
        raise Wrong("payeeContactInformation is missing; a transfer to a THIRD_PARTY needs it.")
    try:
        at = in_utc(request.request_time)
    except OutOfBounds as reason:
        raise Wrong(str(reason)) from reason
    if at > unit.now:
        raise Wrong("requestTime is in the future; it is when the transfer was asked for.")
    for name, text in (
        ("transactionDescription", request.transaction_description),
        ("customerPaymentReference", request.customer_payment_reference),
    ):
        if len(text or "") > _MOST_TEXT:
            message = f"{name} has {counted(len(text or ''), 'character')}; it may have {_MOST_TEXT}."
            raise Wrong(message)


def _view(unit: UnitOfWork, one: Transaction) -> v2024.Transaction:
    wallet = questions.wallet_in(unit, one.currency)
    source = None if wallet is None or one.direction is Direction.CREDIT else questions.as_bank_account(unit, wallet)
    is_changed = one.rate.to_currency != one.currency
    return v2024.Transaction(
        account_id="" if wallet is None else wallet.account_id,
        transaction_id=one.transaction_id,
        transaction_type=v2024.TransactionType(one.direction.value),
        transaction_status=v2024.TransactionStatus(one.status.value),
        transaction_request_date=one.requested_at.replace(microsecond=0),
        expected_completion_date=one.expected_at and one.expected_at.replace(microsecond=0),
        transaction_actual_completion_date=one.ended_at and one.ended_at.replace(microsecond=0),
        last_update_date=one.changed_at.replace(microsecond=0),
        requester_name=one.requester,
        transaction_requester_source=one.requester,
        transaction_description=one.description,
        transaction_source_account=None if source is None else account_view(source),
        transaction_destination_account=account_view(one.destination),
        transaction_request_amount=money(one.amount_minor, one.currency),
        transfer_rate_details=rate_view(one.rate),
        transaction_final_amount=money(one.rate.arrives_minor, one.rate.to_currency) if is_changed else None,
        transaction_failure_reason=one.failure or None,
    )
