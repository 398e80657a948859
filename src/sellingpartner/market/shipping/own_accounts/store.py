"""Sellers' own accounts with carriers, to rows and back."""

from __future__ import annotations

from sqlalchemy import select

from sellingpartner.market.shipping.own_accounts.model import AccountStatus, OwnAccount
from sellingpartner.market.shipping.own_accounts.tables import carrier_accounts
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_keep = Prepared(upsert(carrier_accounts, lambda offered: {"status": offered.status, "document": offered.document}))


def find_account(unit: UnitOfWork, account_id: str) -> OwnAccount | None:
    """An account, linked or not any more."""
    at = carrier_accounts.c
    this = select(at.document).where(at.seller_id == unit.seller_id, at.account_id == account_id)
    return unit.execute(this).scalar_one_or_none()


def active_accounts(unit: UnitOfWork, country: str | None = None) -> list[OwnAccount]:
    """The accounts that are linked, in one country or in all, the first first."""
    at = carrier_accounts.c
    mine = select(at.document).where(at.seller_id == unit.seller_id, at.status == AccountStatus.ACTIVE.value)
    found: list[OwnAccount] = list(unit.execute(mine).scalars())
    return sorted(
        (one for one in found if country in {None, one.country}), key=lambda one: (one.linked_at, one.account_id)
    )


def keep_account(unit: UnitOfWork, account: OwnAccount) -> None:
    """Keep an account, for the first time or as it is."""
    row = {
        "seller_id": unit.seller_id,
        "account_id": account.account_id,
        "country": account.country,
        "carrier_id": account.carrier_id,
        "status": account.status.value,
        "document": account,
    }
    _keep.run(unit.connection, row)
