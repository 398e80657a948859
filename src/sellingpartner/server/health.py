"""`/health`: how the process stands, for whoever keeps it running; without a key, and without asking the database.

    /health         200 while all is well, 503 while anything is not
    /health/live    503 when only a restart helps: a thread has ended, or does not come on
    /health/ready   503 while calls would fail: the database is away

What is answered was found out before, by a thread that asks the database for a sign of life each second: so the
answer comes at once, also while the database hangs.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib.metadata import version

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import ServiceUnavailable
from sellingpartner.market.market import Market
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.errors import RETRY_AFTER_SECONDS
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.loop import FINE, Loop, Standing, State
from sellingpartner.server.outlet import Outlet

PREFIX = "/health"

_LOOK_SECONDS = 1.0
_SOON = timedelta(seconds=3)
_BEYOND_REPAIR = frozenset({State.ENDED, State.STUCK})


@cache
def _version() -> str:
    return version("sellingpartner")


class Health:
    """Knows how a market's process stands, and answers those who ask."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._loops: list[Loop] = []
        self._log: Outlet | None = None
        self._look_out = Loop("look-out", self._look, retry_seconds=_LOOK_SECONDS, longest=_SOON)
        self._is_looking = False
        self._version = _version()

    def watch(self, *loops: Loop, log: Outlet | None = None) -> None:
        """Tell of these threads too, and of where the log goes."""
        self._loops += loops
        self._log = log

    def start(self) -> None:
        """Look after the database from here on."""
        self._is_looking = True
        self._look_out.start()

    def stop(self) -> None:
        """Look no more."""
        self._look_out.stop()

    def report(self) -> v1.Health:
        """How everything stands at this moment."""
        database = self._database()
        threads = {
            loop.name: loop.standing() for loop in [*self._loops, *([self._look_out] if self._is_ended() else [])]
        }
        everything = [database, *threads.values()]
        return v1.Health(
            status=v1.Condition.OK if all(one.state is State.OK for one in everything) else v1.Condition.FAILING,
            version=self._version,
            now=self._market.clock.now(),
            database=_part(database),
            threads={name: _part(standing) for name, standing in threads.items()},
            log=_part(self._logged()),
        )

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer a probe; never raises."""
        if request.method not in {"GET", "HEAD"}:
            return _refusal(405, "MethodNotAllowed", "Ask by GET or HEAD.", ("Allow", "GET, HEAD"))
        report = self.report()
        conditions = {
            "": report.status is v1.Condition.OK,
            "/live": all(State(one.status.value) not in _BEYOND_REPAIR for one in report.threads.values()),
            "/ready": report.database.status is v1.Condition.OK,
        }
        is_well = conditions.get(request.path.removeprefix(PREFIX).rstrip("/"))
        if is_well is None:
            return _refusal(404, "NotFound", "Ask for /health, /health/live or /health/ready.")
        headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        if not is_well:
            headers.append(("Retry-After", str(RETRY_AFTER_SECONDS)))
        body = b"" if request.method == "HEAD" else to_json(report)
        return HttpAnswer(200 if is_well else 503, body, headers)

    def _look(self) -> float:
        # One in memory cannot be away; and whoever works in it holds its only connection.
        if not self._market.database.is_memory:
            self._market.database.probe()
        return _LOOK_SECONDS

    def _database(self) -> Standing:
        if not self._is_looking:
            return self._looked_at_once()
        standing = self._look_out.standing()
        if standing.state is State.STUCK:
            return Standing(State.FAILING, standing.since, "The database does not answer.")
        return FINE if standing.state is State.ENDED else standing

    def _looked_at_once(self) -> Standing:
        try:
            self._look()
        except ServiceUnavailable as away:
            return Standing(State.FAILING, reason=away.message)
        return FINE

    def _is_ended(self) -> bool:
        return self._is_looking and self._look_out.standing().state is State.ENDED

    def _logged(self) -> Standing:
        if self._log is None or not self._log.lost:
            return FINE
        return Standing(
            State.FAILING, reason=f"Lines that could not be written: {self._log.lost}; {self._log.failure}."
        )


def _part(standing: Standing) -> v1.PartHealth:
    return v1.PartHealth(status=v1.Condition(standing.state.value), since=standing.since, reason=standing.reason)


def _refusal(status: int, code: str, message: str, *headers: tuple[str, str]) -> HttpAnswer:
    body = to_json({"errors": [{"code": code, "message": message}]})
    return HttpAnswer(status, body, [("Content-Type", "application/json"), *headers])
