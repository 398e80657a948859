"""`spapi scenario`: short files that say how a market begins; on files alone, no market has to run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import App

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_json, print_line, print_table
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.counted import counted

if TYPE_CHECKING:
    from sellingpartner.market.scenarios.model import Scenario

app = App(
    name="scenario",
    help="How a market begins, as a short file says: look at the ready ones, check one of your own.",
)


@app.command(name="list")
def list_scenarios(*, to: Connection | None = None) -> None:
    """List the ready scenarios; `spapi serve --scenario NAME` begins with one.

    Args:
        to: How it is told.
    """
    from sellingpartner.market.scenarios.reading import names, ready  # noqa: PLC0415 - the server's weight

    found = [(name, ready(name).about) for name in names()]
    if (to or Connection()).json:
        print_json({"scenarios": [{"name": name, "about": about} for name, about in found]})
    else:
        print_table(("Name", "What it is"), found, empty="There is none.")


@app.command
def show(scenario: str) -> None:
    """Print the file of a ready scenario, to begin one of your own with.

    Args:
        scenario: Its name.
    """
    from sellingpartner.market.scenarios.reading import text_of  # noqa: PLC0415 - the server's weight

    print_line(text_of(scenario).removesuffix("\n"))


@app.command
def check(scenario: str, *, to: Connection | None = None) -> None:
    """Read a scenario and build it, in memory: what is wrong with it is told with its place.

    Args:
        scenario: A file, or a ready scenario's name.
        to: How it is told.
    """
    from sellingpartner.market.scenarios.reading import named  # noqa: PLC0415 - the server's weight

    try:
        counts = _built(named(scenario))
    except SellingPartnerError as reason:
        raise CannotDo(str(reason)) from reason
    if (to or Connection()).json:
        print_json(counts)
        return
    said = ", ".join(counted(count, what) for what, count in counts.items())
    print_line(f"{scenario} is in order: {said}.")


@app.command
def schema(*, file: Path | None = None) -> None:
    """Print the JSON Schema of scenario files, by which editors complete and check them.

    Args:
        file: Write it there instead.
    """
    from sellingpartner.market.scenarios.schema import text  # noqa: PLC0415 - the server's weight

    if file is None:
        print_line(text().removesuffix("\n"))
    else:
        try:
            file.write_text(text(), encoding="utf-8")
        except OSError as reason:
            message = f"{file} cannot be written: {reason.strerror}."
            raise CannotDo(message) from reason


def _built(scenario: Scenario) -> dict[str, int]:
    """Build it where nobody keeps it; returns how much of what there is."""
    from sellingpartner.market.market import Market  # noqa: PLC0415 - the server's weight
    from sellingpartner.market.scenarios.building import build  # noqa: PLC0415
    from sellingpartner.market.scenarios.counting import counts_of  # noqa: PLC0415

    market = Market.open(seed=1)
    try:
        market.freeze()
        build(market, scenario)
        return counts_of(market)
    finally:
        market.close()
