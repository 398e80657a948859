"""`spapi world`: by a running market's control API; on the files themselves where none runs."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from sellingpartner.cli.failures import CannotDo, NobodyThere
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import CREDENTIALS, Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.running.world_files import (
    FOLDER,
    hand_over_credentials,
    is_nobody_there,
    is_path,
    opened,
    shelved,
)
from sellingpartner.cli.running.world_files import show as show_world
from sellingpartner.cli.running.world_making import fork, new
from sellingpartner.cli.running.world_reading import diff, export
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.contract.market_v1 import DeleteWorld, GetWorld, ListWorlds, LoadWorld, SavedWorld, SaveWorld

app = App(name="world", help="A whole market as a file: save it, load it, fork it, look into it.")
for _command in (new, fork, diff, export):
    app.command(_command)

Database = Annotated[str, Parameter(env_var="SPAPI_DATABASE")]
_DATABASE = "sqlite:///.spapi/market.db"


@app.command
def save(
    name: str,
    *,
    credentials: Annotated[bool, Parameter(negative="--no-credentials")] = True,
    scrub: Annotated[bool, FLAG] = False,
    database: Database = _DATABASE,
    to: Connection | None = None,
) -> None:
    """Save the market as it is, with its clock, its documents and its credentials.

    Args:
        name: What it is called, or a file of your own where no market is running.
        credentials: Keep the ready credentials in it, so that programs go on with them.
        scrub: Put stand-ins in the place of personal data, and leave the credentials out: to be shared.
        database: The market's database, where no market is running.
        to: Which market.
    """
    to = to or Connection()
    try:
        saved = _told_by(to, SaveWorld(name=name, credentials=credentials, scrub=scrub), name)
    except NobodyThere:
        from sellingpartner.market.worlds.saving import save as save_to  # noqa: PLC0415 - the server's weight
        from sellingpartner.market.worlds.world import place_of  # noqa: PLC0415
        from sellingpartner.server.control.running.worlds import shown  # noqa: PLC0415
        from sellingpartner.server.process.worlds import access_of  # noqa: PLC0415

        with opened(database, is_new=False) as market:
            path = place_of(name)
            access = access_of(CREDENTIALS) if credentials and not scrub else None
            saved = shown(save_to(market, path, credentials=access, is_scrubbed=scrub), path)
    show_world(to, saved)


@app.command
def load(world: str, *, database: Database = _DATABASE, to: Connection | None = None) -> None:
    """Replace everything in the market by a world; save the market before, if it is to be kept.

    Args:
        world: A world's name, or a file.
        database: The market's database, where no market is running.
        to: Which market.
    """
    to = to or Connection()
    where = "the market keeps some that do in the credentials file that it was started with"
    try:
        loaded = to.send(LoadWorld(name=shelved(world, to)))
    except NobodyThere:
        from sellingpartner.market.worlds.loading import load as load_into  # noqa: PLC0415 - the server's weight
        from sellingpartner.market.worlds.world import check_there, place_of  # noqa: PLC0415
        from sellingpartner.server.control.running.worlds import shown  # noqa: PLC0415

        where = "`spapi serve` writes some that do when it begins"
        path = check_there(place_of(world))
        with opened(database, is_new=True) as market:
            loaded = shown(load_into(path, market), path)
            hand_over_credentials(market, path, CREDENTIALS, to.address)
    show_world(to, loaded)
    if not loaded.has_credentials:
        print_aside(f"No credentials are in this world: those that programs have may not open it; {where}.")


@app.command(name="list")
def list_worlds(*, csv: Annotated[bool, FLAG] = False, to: Connection | None = None) -> None:
    """List the worlds that were saved.

    Args:
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    try:
        answer = to.send(ListWorlds())
    except NobodyThere:
        from sellingpartner.contract.market_v1 import SavedWorlds  # noqa: PLC0415
        from sellingpartner.market.worlds.world import worlds_in  # noqa: PLC0415 - the server's weight
        from sellingpartner.server.control.running.worlds import shown  # noqa: PLC0415

        answer = SavedWorlds(worlds=[shown(world, path) for path, world in worlds_in()])
    rows = [(one.name, one.at, one.saved_at, one.seed, one.bytes, one.version) for one in answer.worlds]
    columns = ("Name", "Market time", "Saved", "Seed", "Bytes", "Version")
    Printed(to, csv=csv).show(answer, columns, rows, empty="No world was saved; `spapi world save NAME` does.")


@app.command
def show(world: str, *, to: Connection | None = None) -> None:
    """Show what a world says of itself.

    Args:
        world: A world's name, or a file.
        to: Which market.
    """
    to = to or Connection()
    if is_path(world) or is_nobody_there(to):
        from sellingpartner.market.worlds.world import place_of, world_in  # noqa: PLC0415 - the server's weight
        from sellingpartner.server.control.running.worlds import shown  # noqa: PLC0415

        path = place_of(world)
        show_world(to, shown(world_in(path), path))
    else:
        show_world(to, to.send(GetWorld(name=world)))


@app.command
def delete(name: str, *, to: Connection | None = None) -> None:
    """Delete a world's file.

    Args:
        name: Its name.
        to: Which market.
    """
    to = to or Connection()
    try:
        to.send(DeleteWorld(name=name))
    except NobodyThere:
        from sellingpartner.market.worlds.world import check_there, named, place_of  # noqa: PLC0415

        check_there(place_of(named(name))).unlink()
    if not to.json:
        print_line(f"{name} deleted")


def _told_by(to: Connection, request: SaveWorld, name: str) -> SavedWorld:
    if is_path(name) and not is_nobody_there(to):
        message = f"A market that runs saves worlds by name, in its own {FOLDER}; write a name, not {name}."
        raise CannotDo(message)
    return to.send(request)
