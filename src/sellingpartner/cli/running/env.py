"""`spapi env`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.installed import check_installed
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import CREDENTIALS, MARKET
from sellingpartner.cli.running.intercepting import NEEDED, credentials_for
from sellingpartner.cli.running.run import TLS_FOLDER
from sellingpartner.cli.shown.writing import Data

_CONTAINERS_HOST = "host.docker.internal"
_MOUNTED_AT = "/spapi"


def env(
    *,
    docker: Annotated[bool, FLAG] = False,
    proxy: str | None = None,
    credentials: Path = CREDENTIALS,
    no_credentials: Annotated[bool, FLAG] = False,
) -> None:
    """Print the variables that lead programs to the market, by a `spapi proxy` that runs: `eval $(spapi env)`.

    Args:
        docker: For `docker run --env-file`: reached from a container that has .spapi/tls/trust mounted at /spapi.
        proxy: Where the proxy is reached, if that is elsewhere: http://HOST:PORT.
        credentials: The file whose credentials are among them, under the names of known SDKs.
        no_credentials: Leave them out.
    """
    check_installed("env", NEEDED)
    from sellingpartner.intercept.authority import Authority  # noqa: PLC0415 - other commands have no need of it
    from sellingpartner.intercept.bundles import bundle  # noqa: PLC0415
    from sellingpartner.intercept.environment import as_docker, as_shell, variables  # noqa: PLC0415
    from sellingpartner.intercept.failures import CannotIntercept  # noqa: PLC0415
    from sellingpartner.intercept.standing import found  # noqa: PLC0415

    environ = {} if docker else dict(os.environ)
    try:
        way = found(TLS_FOLDER)
        bundles = bundle(Authority.at(TLS_FOLDER), environ)
    except CannotIntercept as reason:
        raise CannotDo(str(reason)) from reason
    market = way.market
    if docker:
        way, bundles = replace(way, host=_CONTAINERS_HOST), bundles.mounted_at(_MOUNTED_AT)
    if proxy is not None:
        host, port = _place_of(proxy)
        way = replace(way, host=host, proxy=port)
    values = variables(way, bundles, environ) | ({} if docker else {MARKET: market})
    if not no_credentials:
        values |= credentials_for(market, credentials, environ)
    Data().write(as_docker(values) if docker else as_shell(values))


def _place_of(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port:
        message = f"{url!r} is no address of a proxy; write one like http://HOST:PORT."
        raise CannotDo(message)
    return host, port
