"""What everybody in a test's market stands on: the market, its server, and the application that sellers let in."""

from __future__ import annotations

from threading import Lock

import msgspec

from sellingpartner.market.accounts.model import Application, TokenKind
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.tokens import LIFETIME, issue
from sellingpartner.market.market import Market
from sellingpartner.server.app import Server
from sellingpartner.testing.caller import Token


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """The same for all who are in it."""

    market: Market
    server: Server
    application: Application
    client_secret: str
    marketplace_id: str
    """Where things happen unless another marketplace is named."""
    homes: dict[str, str] = {}
    """The same for shops that were founded in others, by seller."""

    forgotten: list[int] = []
    """As many entries as there were times at which tokens were forgotten."""

    def forget_tokens(self) -> None:
        """Have everybody fetch another token: the market may not know the ones that they have."""
        self.forgotten.append(len(self.forgotten))

    def tokens_for(self, holder: Identity) -> Token:
        """Tokens for a holder, a new one when the market's hour is over, as an SDK would fetch it."""
        ends, text, known = self.market.clock.now(), "", 0
        fetching = Lock()

        def token() -> str:
            nonlocal ends, text, known
            with fetching:
                if self.market.clock.now() >= ends or known != len(self.forgotten):
                    known = len(self.forgotten)
                    with self.market.write(holder.seller_id) as unit:
                        fetched, until = issue(unit, TokenKind.ACCESS, holder), unit.now + LIFETIME
                    ends, text = until, fetched  # not before the market has it: other threads call meanwhile
                return text

        return token
