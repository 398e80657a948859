"""What a client is made of; jobs and both clients hold it."""

from __future__ import annotations

from dataclasses import dataclass

from sellingpartner.client._answers.drift import Drift
from sellingpartner.client._exchange.context import Context
from sellingpartner.client._exchange.exchange import Exchange
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.options import Options


@dataclass(frozen=True)
class Parts:
    """The parts of one client, which its views share."""

    context: Context
    exchange: Exchange
    options: Options
    drift: Drift

    @property
    def credentials(self) -> Credentials:
        """For whom it calls, as of the latest grant."""
        return self.context.standing.credentials
