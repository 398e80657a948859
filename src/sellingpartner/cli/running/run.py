"""`spapi run`."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.installed import check_installed
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import CREDENTIALS, MARKET
from sellingpartner.cli.running.intercepting import NEEDED, credentials_for, intercepting, market_at
from sellingpartner.cli.running.short_lived import short_lived_market
from sellingpartner.cli.shown.writing import print_aside

TLS_FOLDER = Path(".spapi/tls")


def run(
    *command: Annotated[str, Parameter(allow_leading_hyphen=True)],
    url: str | None = None,
    credentials: Path = CREDENTIALS,
    no_credentials: Annotated[bool, FLAG] = False,
    offline: Annotated[bool, FLAG] = False,
    names: Annotated[bool, FLAG] = False,
    serve: Annotated[bool, FLAG] = False,
    serve_options: str = "",
) -> None:
    """Run any program with Amazon's hosts leading to the market: `spapi run -- COMMAND`. Ends as the command ends.

    Args:
        command: The program and its arguments, behind `--`.
        url: The market's address; else SP_API_BASE_URL, .spapi/credentials.env, or http://127.0.0.1:8000.
        credentials: The file whose credentials the program finds in its environment, under the names of known SDKs.
        no_credentials: Leave the program the credentials that it has.
        offline: Refuse every host but Amazon's.
        names: Lead by names too (Linux): a hosts file of the program's own, and port 443 of this machine.
        serve: Serve a market in memory for as long as the command runs, and no longer.
        serve_options: What that market is told, as `spapi serve` takes it.
    """
    check_installed("run", NEEDED)
    if not command:
        message = "There is nothing to run; write the command behind --: spapi run -- python app.py"
        raise CannotDo(message)
    # Here and not above: other commands have no need of it.
    from sellingpartner.intercept.environment import variables  # noqa: PLC0415
    from sellingpartner.intercept.failures import CannotIntercept  # noqa: PLC0415
    from sellingpartner.intercept.names import PORT, under_names  # noqa: PLC0415
    from sellingpartner.intercept.running import CannotStart  # noqa: PLC0415
    from sellingpartner.intercept.running import run as run_program  # noqa: PLC0415

    with ExitStack() as stack:
        if serve:
            market, credentials = stack.enter_context(short_lived_market(serve_options))
        else:
            market = market_at(url)
        try:
            ports = (0, PORT if names else 0)
            way, bundles = stack.enter_context(intercepting(market, TLS_FOLDER, offline=offline, ports=ports))
            environ = os.environ | variables(way, bundles, os.environ) | {MARKET: market}
            if not no_credentials:
                environ |= credentials_for(market, credentials, os.environ)
            code = run_program(under_names(command, bundles.folder) if names else command, environ)
        except CannotStart as reason:
            print_aside(f"spapi: {reason}")
            code = reason.code
        except CannotIntercept as reason:
            raise CannotDo(str(reason)) from reason
    raise SystemExit(code)
