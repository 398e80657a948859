"""A market's own port for TLS, where it answers under Amazon's names, with a certificate of its own authority."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from sellingpartner.intercept.authority import Authority
from sellingpartner.intercept.environment import Way
from sellingpartner.intercept.failures import CannotIntercept
from sellingpartner.intercept.serving import Interception
from sellingpartner.intercept.standing import announced
from sellingpartner.server.logging import outlet_to
from sellingpartner.server.process.settings import CannotServe, Settings

_OWN = "127.0.0.1"


class TlsPort:
    """The port, and for programs of this machine a proxy beside it, as `spapi env` tells of it."""

    def __init__(self, settings: Settings) -> None:
        """Make the certificates ready; raises `CannotServe`."""
        self._settings = settings
        self._standing = ExitStack()
        try:
            authority = Authority.at(settings.tls_folder)
            self._interception = Interception(settings.own_url, authority, tell=_tell)
        except CannotIntercept as reason:
            raise CannotServe(str(reason)) from reason

    def start(self) -> None:
        """Listen; raises `CannotServe`."""
        asked = self._settings
        try:
            # The proxy is for this machine alone: others would reach every host through it.
            found = self._interception.start(asked.host, tls_port=asked.tls_port or 0, proxy_host=_OWN)
            way = Way(_OWN, found.proxy, found.tls, asked.own_url)
            self._standing.enter_context(announced(asked.tls_folder, way))
        except CannotIntercept as reason:
            raise CannotServe(str(reason)) from reason

    def stop(self) -> None:
        """Close it."""
        self._standing.close()
        self._interception.stop()


def _tell(line: str) -> None:
    outlet_to(sys.stderr).write(f"spapi serve: {line}\n")
