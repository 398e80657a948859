"""Clients of AWS: the one place of the server that knows boto3, which only a market with queues must have.

Credentials and regions are boto3's own affair, and so is AWS_ENDPOINT_URL; where an endpoint is set, all that is at AWS
is looked for there.
"""

from __future__ import annotations

import re
from importlib import import_module
from threading import Lock
from typing import Any

from sellingpartner.server.logging import without_secrets
from sellingpartner.server.process.carriers.outcome import NotSent

_ANY_REGION = "us-east-1"
"""Requests have to be signed for one, where the queue is at home in none."""
_CONNECT_SECONDS = 3
_READ_SECONDS = 5
_CODE = re.compile(r"[A-Za-z0-9.]{1,60}")


class Aws:
    """Makes clients, and keeps one for each place."""

    def __init__(self, endpoint: str | None = None) -> None:
        self.endpoint = endpoint
        self._clients: dict[tuple[str, str | None, str | None], Any] = {}
        self._making = Lock()

    def client(self, service: str, region: str | None, endpoint: str | None = None) -> Any:  # noqa: ANN401 - boto3 has no types
        """A client of a service in a region, or of what speaks like it at an endpoint of its own; raises `NotSent`."""
        place = (service, region, endpoint)
        with self._making:  # a session is for one thread
            if place not in self._clients:
                self._clients[place] = self._made(service, region, endpoint)
            return self._clients[place]

    def forget(self) -> None:
        """Look for credentials anew: they were not there, or were others."""
        with self._making:
            self._clients.clear()

    def _made(self, service: str, region: str | None, endpoint: str | None) -> Any:  # noqa: ANN401 - boto3 has no types
        try:
            boto3 = import_module("boto3")
        except ImportError:
            raise NotSent("To send to AWS takes boto3: pip install 'sellingpartner[aws]'") from None
        session = boto3.session.Session()
        config = import_module("botocore.config").Config(
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            retries={"total_max_attempts": 1},  # the courier has its own patience
        )
        return session.client(
            service,
            config=config,
            region_name=region or session.region_name or _ANY_REGION,
            endpoint_url=endpoint or self.endpoint,
        )


def refusals() -> tuple[type[Exception], type[Exception]]:
    """What boto3 raises: that AWS refused, and that AWS was not reached."""
    known = import_module("botocore.exceptions")
    return known.ClientError, known.BotoCoreError


def said(refused: Any, *, is_at_amazon: bool) -> str:  # noqa: ANN401 - boto3 has no types
    """Why AWS did not take it.

    The developer reads this, and wrote the address: what a server that is not Amazon's answers stays here, or the
    market could be had to read what it alone can reach.
    """
    if is_at_amazon:
        return on_one_line(refused)
    code = str(refused.response.get("Error", {}).get("Code", ""))
    status = refused.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return f"{code} ({status})" if _CODE.fullmatch(code) else f"it answered {status}"


def on_one_line(reason: Exception) -> str:
    """A reason for people, without what is secret."""
    return without_secrets(" ".join(str(reason).split()))
