"""Wallets in Amazon's words, and what callers say of accounts in ours."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sellingpartner.contract import seller_wallet_2024_03_01 as v2024
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.amounts import Money, exponent_of, minor_units
from sellingpartner.market.money.wallet import questions
from sellingpartner.market.money.wallet.model import BankAccount, Rate, Wallet
from sellingpartner.market.money.wallet.refusals import NoSuchAccount, Wrong
from sellingpartner.storage.unit import UnitOfWork

_MOST = Decimal(10) ** 11
_MOST_MINOR = 10**13
_TAIL = 3


def wallet_meant(unit: UnitOfWork, account_id: str, marketplace_id: str) -> Wallet:
    """The seller's wallet of an account, asked for by way of one of its marketplaces.

    Differs: who calls needs no certificate or signature of a payment service provider; what is sent of them is ignored.
    """
    check_marketplaces(unit, unit.seller_id, [marketplace_id])
    return questions.wallet_by_account(unit, account_id)


def money(minor: int, currency: str) -> v2024.Currency:
    """An amount."""
    return v2024.Currency(currency_code=currency, currency_amount=Money(minor, currency).decimal)


def minor_of(name: str, amount: Decimal | None, currency: str) -> int:
    """An amount above zero in minor units; raises `Wrong` for one that the currency cannot say."""
    if amount is None or not amount.is_finite() or not 0 < amount < _MOST:
        message = f"{name} is {amount}; it must be above 0 and less than {_MOST:f}."
        raise Wrong(message)
    minor = minor_units(amount, currency, most=_MOST_MINOR)
    if minor is None:
        message = f"{name} is {amount}; {currency} has {exponent_of(currency)} decimal places."
        raise Wrong(message)
    return minor


def rate_view(rate: Rate) -> v2024.TransferRatePreview:
    """What a transfer costs."""
    return v2024.TransferRatePreview(
        base_amount=money(rate.base_minor, rate.currency),
        fx_rate_details=v2024.FxRateDetails(
            fx_rate_id=rate.rate_id,
            base_rate=rate.base_rate,
            effective_fx_rate=rate.effective_rate,
            rate_direction=v2024.RateDirection.BUY,
        ),
        transfer_amount=money(rate.arrives_minor, rate.to_currency),
        fees=[
            v2024.Fee(
                fee_id=f"{rate.rate_id[:16]}-{number}",
                fee_type=v2024.FeeType(one.kind),
                fee_rate_value=one.percent,
                fee_amount=money(one.minor, rate.currency),
            )
            for number, one in enumerate(rate.fees, start=1)
        ],
    )


def account_view(account: BankAccount) -> v2024.TransactionAccount:
    """A bank account, or a wallet, that money comes from or goes to."""
    return v2024.TransactionAccount(
        account_id=account.account_id or None,
        bank_account_holder_name=account.holder,
        bank_name=account.bank_name,
        bank_account_number_format=v2024.BankAccountNumberFormat(account.number_format),
        bank_account_number_tail=account.tail,
        bank_account_country_code=account.country_code,
        bank_account_currency=account.currency,
    )


def destination_of(
    unit: UnitOfWork, account_id: str | None, instrument: v2024.TransactionInstrumentDetails
) -> BankAccount:
    """Where money is to go: one of the seller's own accounts, or somebody else's.

    An account that is said to be the seller's own must be one that it has: a payment method, or one that was added.
    """
    said = instrument.bank_account
    if said.bank_account_ownership_type is v2024.BankAccountOwnershipType.SELF:
        wanted = account_id or said.account_id
        own = next((one for one in questions.own_accounts(unit) if one.account_id == wanted), None)
        if own is None:
            raise NoSuchAccount(wanted or "destinationAccountId")
        _check_currency(own, said.account_currency)
        return own
    if said.bank_account_ownership_type is not v2024.BankAccountOwnershipType.THIRD_PARTY:
        raise Wrong("bankAccountOwnershipType must be SELF or THIRD_PARTY.")
    if len(said.bank_account_number_tail) != _TAIL or not instrument.bank_account_number.endswith(
        said.bank_account_number_tail
    ):
        raise Wrong("bankAccountNumberTail must be the last three characters of bankAccountNumber.")
    if not questions.is_known(said.account_currency):
        message = f"accountCurrency is {said.account_currency[:10]!r}, in which nothing can be sent."
        raise Wrong(message)
    return BankAccount(
        account_id=account_id or "",
        holder=instrument.account_holder_name,
        bank_name=said.bank_name or "",
        country_code=said.account_country_code,
        currency=said.account_currency,
        number_format=str(said.bank_account_number_format or v2024.BankAccountNumberFormat.BBAN),
        tail=said.bank_account_number_tail,
        is_own=False,
    )


def check_one_of(name: str, given: str, known: Iterable[str]) -> None:
    """Raise `Wrong` for a word that is none of those known."""
    known = list(known)
    if given not in known:
        message = f"{name} is {given[:60]!r}; it must be one of {', '.join(known)}."
        raise Wrong(message)


def _check_currency(own: BankAccount, said: str) -> None:
    if own.currency != said:
        message = f"accountCurrency is {said[:10]!r}; account {own.account_id} is in {own.currency}."
        raise Wrong(message)
