"""Where whoever calls a sandbox comes in: the first call of a seller or an application brings it into that world."""

from __future__ import annotations

from threading import Lock

import msgspec

from sellingpartner.contract.operation import Operation
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.guests import bring_application, bring_seller, own_seller
from sellingpartner.market.market import Market


class Lobby:
    """Knows who is in the sandbox already."""

    def __init__(self, sandbox: Market, home: Market) -> None:
        self._sandbox = sandbox
        self._home = home
        self._inside: set[str] = set()
        self._own_seller = ""
        self._door = Lock()

    def admit(self, operation: Operation, caller: Caller) -> Caller:
        """The caller, who is in the sandbox then; one without a seller acts for the sandbox's own where it must."""
        if caller.application_id not in self._inside or (caller.seller_id and caller.seller_id not in self._inside):
            self._bring(caller)
        if caller.seller_id or operation.grantless is not None:
            return caller
        if not self._own_seller:
            with self._door:
                self._own_seller = self._own_seller or own_seller(self._sandbox)
        return msgspec.structs.replace(caller, seller_id=self._own_seller)

    def _bring(self, caller: Caller) -> None:
        with self._door:
            if caller.application_id not in self._inside:
                bring_application(self._sandbox, self._home, caller.application_id)
                self._inside.add(caller.application_id)
            if caller.seller_id and caller.seller_id not in self._inside:
                bring_seller(self._sandbox, self._home, caller.seller_id)
                self._inside.add(caller.seller_id)
