"""Sellers link accounts of their own with carriers, and unlink them.

Assumed: whoever links the same number again gets the same account; of an account that labels were paid by, those stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sellingpartner.market.events.shipping import CarrierAccountLinked, CarrierAccountUnlinked
from sellingpartner.market.shipping.own_accounts.model import ACCOUNT, AccountStatus, OwnAccount
from sellingpartner.market.shipping.own_accounts.rules import NUMBER, AccountKind, linkable_in
from sellingpartner.market.shipping.own_accounts.store import active_accounts, find_account, keep_account
from sellingpartner.market.shipping.refusals import InvalidRequest, NoSuchResource
from sellingpartner.market.shipping.wishes import Wish
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

_INVALID = "Provided input is invalid. Please verify."


def link(
    unit: UnitOfWork, country: str, carrier_id: str, account_type: str, said: Sequence[tuple[str, str]]
) -> OwnAccount:
    """Link an account by what its carrier asks for; raises `InvalidRequest`, or `NoSuchResource` for the carrier."""
    kind = _kind(country, carrier_id, account_type)
    values = _checked(kind, said)
    number = values[NUMBER]
    drawn = wide_number_of(unit.seed, unit.seller_id, "carrier account", country, carrier_id, number)
    account_id = uuid_of(drawn)
    known = find_account(unit, account_id)
    if known is not None and known.is_active:
        return known
    account = OwnAccount(
        account_id=account_id,
        carrier_id=carrier_id,
        country=country,
        account_type=account_type,
        ends_with=number[-2:],
        linked_at=unit.now,
    )
    keep_account(unit, account)
    unit.emit(CarrierAccountLinked(account_id=account_id, carrier=carrier_id, country=country))
    return account


def unlink(unit: UnitOfWork, country: str, carrier_id: str, account_id: str | None) -> None:
    """Unlink an account, or all with a carrier; raises `NoSuchResource` where none is linked."""
    linked = [
        one
        for one in active_accounts(unit, country)
        if one.carrier_id == carrier_id and account_id in {None, one.account_id}
    ]
    if not linked:
        which = "account" if account_id is None else f"account {account_id[:60]}"
        raise NoSuchResource(f"No {which} with {carrier_id[:60]} is linked in {country}.")
    for account in linked:
        if AccountStatus.INACTIVE in ACCOUNT[account.status]:
            account.status, account.unlinked_at = AccountStatus.INACTIVE, unit.now
            keep_account(unit, account)
            unit.emit(CarrierAccountUnlinked(account_id=account.account_id, carrier=carrier_id, country=country))


def linked_account(unit: UnitOfWork, country: str, carrier_id: str, account_id: str) -> OwnAccount:
    """The account that labels are to be paid by; raises `InvalidRequest` unless it is linked with that carrier."""
    account = find_account(unit, account_id)
    if account is None or not account.is_active or (account.carrier_id, account.country) != (carrier_id, country):
        raise InvalidRequest(f"Carrier account {account_id[:60]} is not linked with {carrier_id[:60]} in {country}.")
    return account


def check_accounts(unit: UnitOfWork, wish: Wish) -> None:
    """Refuse a parcel that is to be paid by an account that is not linked; raises `InvalidRequest`."""
    for carrier_id, account_id in wish.accounts:
        linked_account(unit, wish.sender.country_code, carrier_id, account_id)


def _kind(country: str, carrier_id: str, account_type: str) -> AccountKind:
    carriers = {one.carrier_id: one for one in linkable_in(country)}
    carrier = carriers.get(carrier_id)
    if carrier is None:
        known = ", ".join(carriers) or "none"
        raise NoSuchResource(f"{carrier_id[:60]} is no carrier that accounts are linked with in {country}: {known}.")
    kinds = {one.account_type: one for one in carrier.kinds}
    if account_type not in kinds:
        raise InvalidRequest(f"{_INVALID} carrierAccountType can be {' or '.join(kinds)}.")
    return kinds[account_type]


def _checked(kind: AccountKind, said: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    values = dict(said)
    names = [name for name, _ in said]
    asked = {one.name: one for one in kind.inputs}
    faults = [f"{name[:60]} is said twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    faults += [f"{name[:60]} is not asked for" for name in values if name not in asked]
    for name, one in asked.items():
        value = values.get(name, "")
        if not value:
            faults += [f"{name} is missing"] if one.is_mandatory else []
        elif (fault := one.fault_of(value)) is not None:
            faults.append(fault)
    if faults:
        raise InvalidRequest(f"{_INVALID} {'; '.join(faults[:5])}.")
    return values
