"""`spapi sandbox`."""

from __future__ import annotations

from cyclopts import App

from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.contract.market_v1 import GetSandbox, ResetSandbox, Sandbox

app = App(name="sandbox", help="The sandbox beside a market: look at it, let it begin anew.")


@app.command
def show(*, to: Connection | None = None) -> None:
    """Say where the sandbox is and how it stands."""
    to = to or Connection()
    _show(to, to.send(GetSandbox()))


@app.command
def reset(*, to: Connection | None = None) -> None:
    """Throw away what is in the sandbox: its next call finds it as it begins."""
    to = to or Connection()
    _show(to, to.send(ResetSandbox()))


def _show(to: Connection, answer: Sandbox) -> None:
    if to.json:
        print_json(answer)
        return
    cases = "answers the static cases of Amazon's models" if answer.has_models else "has no models (serve --models)"
    state = "nobody has called it yet" if answer.now is None else f"{answer.now:%Y-%m-%d %H:%M:%S} UTC there"
    print_line(f"{to.address}{answer.base_path}; {state}; {cases}")
