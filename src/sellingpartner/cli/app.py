"""The commands put together, and what their failures become: one line on stderr and an exit code.

0 done, 1 the market refused, 2 wrong usage or nobody there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import httpx2
from cyclopts import App, CycloptsError

from sellingpartner.cli import (
    applications,
    calls,
    clock,
    contract,
    grants,
    orders,
    sellers,
    serving,
    status,
    token,
)
from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract.errors import SellingPartnerError

REFUSED = 1
UNUSABLE = 2

app = App(
    name="spapi",
    help=(
        "A marketplace of your own that speaks Amazon's Selling Partner API.\n\n"
        "Begin with `spapi serve`; then, in another terminal, `spapi order place` and `spapi status`."
    ),
    version_flags=["--version"],
)
app.command(serving.serve)
app.command(status.status)
app.command(sellers.app)
app.command(applications.app)
app.command(grants.app)
app.command(orders.app)
app.command(clock.app)
app.command(calls.requests)
app.command(token.token)
app.command(contract.app)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        app(list(arguments), exit_on_error=False, print_error=False, result_action="return_none")
    except CycloptsError as wrong:
        return _fail(f"{' '.join(str(wrong).split())} (see spapi --help)", UNUSABLE)
    except CannotDo as reason:
        return _fail(str(reason), UNUSABLE)
    except SellingPartnerError as refusal:
        return _fail(refusal.message, REFUSED)
    except httpx2.TransportError as reason:
        return _fail(f"The market broke off: {reason or type(reason).__name__}.", UNUSABLE)
    except BrokenPipeError:
        # Whoever read the output, such as `head`, has seen enough.
        sys.stdout = None
    return 0


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"spapi: {message}\n")
    return code
