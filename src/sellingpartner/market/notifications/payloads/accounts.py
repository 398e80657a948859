"""ACCOUNT_STATUS_CHANGED: a seller's account is at risk, deactivated, or in order again."""

from __future__ import annotations

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications import account_status_changed as wire
from sellingpartner.market.events.accounts import AccountStatusChanged
from sellingpartner.market.notifications.telling import tell
from sellingpartner.storage.unit import UnitOfWork, on


@on(AccountStatusChanged)
def tell_of_account(unit: UnitOfWork, fact: AccountStatusChanged) -> None:
    """An account stands otherwise than before in one of its marketplaces; which one, Amazon does not say."""

    def content() -> Message:
        return wire.AccountStatusChangeNotification(
            previous_account_status=wire.AccountStatus(fact.previous),
            current_account_status=wire.AccountStatus(fact.current),
        )

    tell(unit, "ACCOUNT_STATUS_CHANGED", content)
