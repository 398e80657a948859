"""A market as one process serves it: its server and the threads beside it."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from sellingpartner.market.market import Market
from sellingpartner.server.app import Server
from sellingpartner.server.control.desk import Desk, nothing_ends
from sellingpartner.server.control.endpoint import CLOCK, PLACING, PREFIX, RESET, WORLDS, Control
from sellingpartner.server.gateway.http import SANDBOX
from sellingpartner.server.gateway.pipeline import Gateway
from sellingpartner.server.gateway.recording import Recorder
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.server.logging import outlet_to
from sellingpartner.server.process.carriers.post import Post, keep_everything, post_to
from sellingpartner.server.process.courier import Courier
from sellingpartner.server.process.demo_world import has_demo_world
from sellingpartner.server.process.renewing import Renewing
from sellingpartner.server.process.settings import Settings
from sellingpartner.server.process.timekeeper import Timekeeper
from sellingpartner.server.process.workshop import Workshop
from sellingpartner.server.process.worlds import shelf_of
from sellingpartner.server.sandbox.door import Door
from sellingpartner.server.sandbox.gateway import SandboxGateway
from sellingpartner.server.sandbox.models import Models
from sellingpartner.server.seats import Seats

if TYPE_CHECKING:
    from sellingpartner.server.process.tls_port import TlsPort


class Node:
    """One open market with all that answers and all that runs by itself; beside it, its sandbox."""

    def __init__(self, market: Market, settings: Settings, *, beside: Market | None = None) -> None:
        """Put a market together; one that stands beside another is that one's sandbox, and has none itself."""
        limits = Limits(settings.limits)
        self.market = market
        models = None if settings.models is None else Models(settings.models)
        self.server = Server(
            market,
            limits=limits,
            public_url=settings.public_url,
            seats=Seats(settings.threads),
            gateway=Gateway if beside is None else partial(SandboxGateway, home=beside, models=models),
        )
        self.server.gateway.recorder = Recorder() if settings.is_recording else None
        self._sandbox = None
        if beside is None:
            self._sandbox = Door(
                self.server, lambda sandbox: Node(sandbox, settings, beside=market), has_models=models is not None
            )
            self.server.mount(SANDBOX, self._sandbox)
        self._timekeeper = Timekeeper(market)
        self._courier = Courier(market, _post_of(settings, is_sandbox=beside is not None))
        self._workshop = Workshop(market)
        has_tls = beside is None and settings.tls_port is not None
        self._tls = _tls_port(settings) if has_tls else None
        # A sandbox takes the market's credentials: it has no file of its own.
        self._renewing = Renewing(market, settings.credentials, settings.chosen) if beside is None else None
        loops = (self._timekeeper.loop, self.server.journal.loop, self._courier.loop, self._workshop.loop)
        self.server.health.watch(*loops, log=outlet_to(sys.stderr))
        desk = Desk(
            market=market,
            journal=self.server.journal,
            limits=limits,
            health=self.server.health,
            has_demo_world=has_demo_world(market),
            wake=self._timekeeper.wake,
            after_time=nothing_ends if self._renewing is None else self._renewing.look,
            throttle=self.server.gateway.throttle,
            recorder=self.server.gateway.recorder,
            sandbox=self._sandbox,
            is_sandbox=beside is not None,
            worlds=shelf_of(market, settings) if beside is None else None,
        )
        control = Control(desk, settings.control_key, is_public=settings.is_public)
        self.server.mount(PREFIX, control, takes_turns=True, sharing=(PLACING,))
        self.server.open_pages(desk, settings.control_key, is_public=settings.is_public)
        # A month that is advanced, or a stop of the clock at a later moment, may take minutes.
        # A reset of the sandbox waits for the calls that are at work there.
        for prefix in (CLOCK, RESET, WORLDS):
            self.server.mount(prefix, Control(desk, settings.control_key, is_public=settings.is_public))

    def start(self) -> None:
        """Let time pass, write the log, send what is to be sent, and make what takes long; raises `CannotServe`."""
        if self._tls is not None:
            self._tls.start()
        self.server.health.start()
        self.server.journal.start()
        self._timekeeper.start()
        self._courier.start()
        self._workshop.start()
        if self._renewing is not None:
            self._renewing.start()

    def stop(self) -> None:
        """Finish what is being done, write what is left of the log, let go of the database."""
        if self._tls is not None:
            self._tls.stop()
        if self._sandbox is not None:
            self._sandbox.close()
        if self._renewing is not None:
            self._renewing.stop()
        self.server.health.stop()
        self._timekeeper.stop()
        self._courier.stop()
        self._workshop.stop()
        self.server.journal.stop()
        self.market.close()


def _tls_port(settings: Settings) -> TlsPort:
    # Here and not above: it brings the makers of certificates, for which most markets have no use.
    from sellingpartner.server.process.tls_port import TlsPort  # noqa: PLC0415

    return TlsPort(settings)


def _post_of(settings: Settings, *, is_sandbox: bool) -> Post:
    """Who carries what a market has to say; what a sandbox has to say is kept."""
    if is_sandbox:
        return keep_everything()
    return post_to(settings.queues, may_reach_own_network=settings.webhooks == "any")
