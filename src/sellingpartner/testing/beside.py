"""The sandbox beside a test's market, in the same process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from sellingpartner.market.market import Market
from sellingpartner.server.app import Server
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control
from sellingpartner.server.gateway.http import SANDBOX
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.server.sandbox.door import Door
from sellingpartner.server.sandbox.gateway import SandboxGateway
from sellingpartner.server.sandbox.models import Models
from sellingpartner.testing.caller import Wsgi


class Beside:
    """A sandbox's world with its server; nothing runs beside it, for a test moves the time."""

    def __init__(self, market: Market, home: Market, limits: Limits, models: Models | None) -> None:
        self.server = Server(market, limits=limits, gateway=partial(SandboxGateway, home=home, models=models))
        desk = Desk(
            market=market,
            journal=self.server.journal,
            limits=limits,
            health=self.server.health,
            is_sandbox=True,
            throttle=self.server.gateway.throttle,
        )
        self.server.mount(PREFIX, Control(desk), takes_turns=True)

    def start(self) -> None:
        """Nothing: nothing runs."""

    def stop(self) -> None:
        """Let go of it."""
        self.server.market.close()


def door_of(server: Server, limits: Limits, folder: Path | None) -> Door:
    """The way into the sandbox beside a market."""
    models = None if folder is None else Models(folder)
    door = Door(server, lambda sandbox: Beside(sandbox, server.market, limits, models), has_models=models is not None)
    server.mount(SANDBOX, door)
    return door


def below_the_base_path(server: Server) -> Wsgi:
    """The server as whoever calls its sandbox knows it."""

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return server({**environ, "PATH_INFO": SANDBOX + environ["PATH_INFO"]}, start_response)

    return app
