"""How a seller's account stands in a marketplace: in order, at risk, or deactivated."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from sqlalchemy import select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.questions import participations_of, seller_of
from sellingpartner.market.accounts.tables import participations
from sellingpartner.market.events.accounts import AccountStatusChanged
from sellingpartner.storage.unit import UnitOfWork


class AccountStatus(StrEnum):
    """How an account stands."""

    NORMAL = "NORMAL"
    AT_RISK = "AT_RISK"
    DEACTIVATED = "DEACTIVATED"


class Standing(msgspec.Struct, frozen=True):
    """How an account stands in one marketplace."""

    marketplace_id: str
    status: AccountStatus


def standings_of(unit: UnitOfWork, seller_id: str) -> list[Standing]:
    """How a seller's account stands in each of its marketplaces; raises `NotFound`."""
    seller_of(unit, seller_id)
    found = select(participations.c.marketplace_id, participations.c.account_status)
    mine = found.where(participations.c.seller_id == seller_id).order_by(participations.c.marketplace_id)
    return [Standing(row.marketplace_id, AccountStatus(row.account_status)) for row in unit.execute(mine)]


def set_account_status(unit: UnitOfWork, marketplace_id: str, status: AccountStatus) -> None:
    """Have the account of this unit's seller stand otherwise in a marketplace; nothing happens if it does already.

    Of a deactivated account nothing is for sale. What was ordered before can still be shipped, and reads go on.
    """
    before = {one.marketplace_id: one.status for one in standings_of(unit, unit.seller_id)}
    participations_of(unit, unit.seller_id, including=[marketplace_id])
    previous = before[marketplace_id]
    if previous is status:
        return
    this = (participations.c.seller_id == unit.seller_id, participations.c.marketplace_id == marketplace_id)
    values = {"account_status": status.value, "has_suspended_listings": status is AccountStatus.DEACTIVATED}
    unit.execute(participations.update().where(*this).values(values))
    unit.emit(AccountStatusChanged(marketplace_id=marketplace_id, previous=previous.value, current=status.value))


def account_status(text: str) -> AccountStatus:
    """A status by its name; raises `InvalidInput`."""
    try:
        return AccountStatus(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is no status of an account; write one of {', '.join(AccountStatus)}.") from None
