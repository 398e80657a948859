"""`spapi proxy`."""

from __future__ import annotations

from signal import SIGTERM, signal
from threading import Event
from typing import Annotated

from cyclopts import Parameter

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.installed import check_installed
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.running.intercepting import NEEDED, check_is_shut, intercepting, is_own, market_at
from sellingpartner.cli.running.run import TLS_FOLDER
from sellingpartner.cli.shown.printing import print_line


def proxy(
    *,
    url: str | None = None,
    host: str = "127.0.0.1",
    port: Annotated[int, Parameter(env_var="SPAPI_PROXY_PORT")] = 8888,
    tls_port: int = 8443,
    offline: Annotated[bool, FLAG] = False,
) -> None:
    """Lead Amazon's hosts to the market until Ctrl-C, for programs that `spapi run` does not start.

    Args:
        url: The market's address; else SP_API_BASE_URL, .spapi/credentials.env, or http://127.0.0.1:8000.
        host: The address to listen on; 0.0.0.0 for every one of this machine, as for containers.
        port: The port of the proxy.
        tls_port: The port that answers under Amazon's names itself, for those who map names.
        offline: Refuse every host but Amazon's.
    """
    check_installed("proxy", NEEDED)
    from sellingpartner.intercept.failures import CannotIntercept  # noqa: PLC0415 - other commands have no need of it
    from sellingpartner.intercept.standing import announced  # noqa: PLC0415

    market = market_at(url)
    if not is_own(host):
        check_is_shut(market)
    try:
        with (
            intercepting(market, TLS_FOLDER, offline=offline, host=host, ports=(port, tls_port)) as (way, bundles),
            announced(TLS_FOLDER, way),
        ):
            print_line(f"Proxy        {way.proxy_url}")
            print_line(f"TLS          {way.reached_at}:{way.tls}, under Amazon's names")
            print_line(f"Authority    {bundles.authority}")
            print_line(f"Market       {market}")
            print_line("In another terminal, in this folder: eval $(spapi env)")
            _wait()
    except CannotIntercept as reason:
        raise CannotDo(str(reason)) from reason


def _wait() -> None:
    """Until somebody says that it is enough."""
    is_over = Event()
    before = signal(SIGTERM, lambda *_: is_over.set())
    try:
        is_over.wait()
    finally:
        signal(SIGTERM, before)
