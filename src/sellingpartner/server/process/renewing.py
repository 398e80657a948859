"""Keeps the ready credentials valid while market time goes on: what nears its end is made anew, and the file with it.

What somebody took away on purpose (a grant that was revoked, a secret that was never this application's) stays away.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

import msgspec
import structlog

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts import questions
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import Application
from sellingpartner.market.accounts.secrets import new_secret
from sellingpartner.market.accounts.tokens import grant_ends_at
from sellingpartner.market.market import Market
from sellingpartner.server.loop import Loop
from sellingpartner.server.process.credentials import Credentials, read_credentials, write_credentials
from sellingpartner.server.process.settings import Chosen
from sellingpartner.storage.unit import UnitOfWork

log = structlog.get_logger(__name__)

BEFORE = timedelta(days=30)
"""How long before their end credentials are renewed: programs that hold the old ones have so long to read the file."""

_DAY = timedelta(days=1)
_LONGEST_PAUSE_SECONDS = 60.0


class Renewing:
    """Looks after the credentials in a file: once in a market day, and whenever somebody has moved the clock."""

    def __init__(self, market: Market, path: Path, chosen: Chosen = Chosen()) -> None:  # noqa: B008 - frozen
        self._market = market
        self._path = path
        self._chosen = chosen
        self._looking = Lock()
        self.loop = Loop("credentials", self._turn, retry_seconds=_LONGEST_PAUSE_SECONDS)

    def start(self) -> None:
        """Begin."""
        self.loop.start()

    def stop(self) -> None:
        """End, after what is being done is done."""
        self.loop.stop()

    def look(self) -> str | None:
        """Renew what nears its end, and say so; None if nothing does."""
        with self._looking:
            kept = read_credentials(self._path)
            if kept is None:
                return None
            renewed, what = self._renewed(kept)
            if not what:
                return None
            if renewed != kept:
                write_credentials(self._path, renewed)
        message = f"The credentials in {self._path} were renewed: {' and '.join(what)} neared the end."
        log.warning("the ready credentials were renewed", file=str(self._path), what=" and ".join(what))
        return message

    def _turn(self) -> float:
        self.look()
        left = self._market.clock.seconds_until(self._market.clock.now() + _DAY)
        return _LONGEST_PAUSE_SECONDS if left is None else min(left, _LONGEST_PAUSE_SECONDS)

    def _renewed(self, kept: Credentials) -> tuple[Credentials, list[str]]:
        """The credentials that are valid for long, and what of them was made anew."""
        with self._market.read() as unit:
            application = _application_of(unit, kept)
            if application is None:
                return kept, []
            by = unit.now + BEFORE
            secret_ends = questions.secret_ends_at(unit, application.application_id, kept.client_secret)
            grant_ends = grant_ends_at(unit, kept.refresh_token)
        what: list[str] = []
        if _nears(secret_ends, by):
            what.append("the client secret")
            kept = msgspec.structs.replace(kept, client_secret=self._secret(application, kept))
        if _nears(grant_ends, by):
            what.append("the grant")
            with self._market.write(kept.seller_id) as unit:
                _, token = give_grant(unit, kept.seller_id, application.application_id)
            kept = msgspec.structs.replace(kept, refresh_token=token)
        return kept, what

    def _secret(self, application: Application, kept: Credentials) -> str:
        """A secret for 180 days: the chosen one anew, or another one beside the one that ends."""
        is_chosen = self._chosen.client_secret == kept.client_secret
        with self._market.write() as unit:
            return new_secret(unit, application.application_id, secret=kept.client_secret if is_chosen else None)


def _application_of(unit: UnitOfWork, kept: Credentials) -> Application | None:
    try:
        return questions.application_by(unit, client_id=kept.client_id)
    except NotFound:  # the file is another market's
        return None


def _nears(ends: datetime | None, by: datetime) -> bool:
    return ends is not None and ends <= by
