"""`spapi world`: by a running market's control API; on the files themselves where none runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from sellingpartner.cli.connection import CREDENTIALS, Connection
from sellingpartner.cli.failures import CannotDo, NobodyThere
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.printing import print_facts, print_json, print_line
from sellingpartner.cli.tables import Printed
from sellingpartner.contract.market_v1 import DeleteWorld, GetWorld, ListWorlds, LoadWorld, SavedWorld, SaveWorld

if TYPE_CHECKING:
    from sellingpartner.market.market import Market

app = App(name="world", help="A whole market as a file: save it, load it, fork it.")
_FOLDER = Path(".spapi/worlds")
_ENDING = ".world"
Database = Annotated[str, Parameter(env_var="SPAPI_DATABASE")]
_DATABASE = "sqlite:///.spapi/market.db"


@app.command
def save(
    name: str,
    *,
    credentials: Annotated[bool, Parameter(negative="--no-credentials")] = True,
    database: Database = _DATABASE,
    to: Connection | None = None,
) -> None:
    """Save the market as it is, with its clock, its documents and its credentials.

    Args:
        name: What it is called, or a file of your own where no market is running.
        credentials: Keep the ready credentials in it, so that programs go on with them.
        database: The market's database, where no market is running.
        to: Which market.
    """
    to = to or Connection()
    try:
        saved = _told_by(to, SaveWorld(name=name, credentials=credentials), name)
    except NobodyThere:
        from sellingpartner.market.worlds.saving import save as save_to  # noqa: PLC0415 - the server's weight
        from sellingpartner.market.worlds.world import place_of  # noqa: PLC0415
        from sellingpartner.server.control.worlds import shown  # noqa: PLC0415
        from sellingpartner.server.process.worlds import access_of  # noqa: PLC0415

        with _opened(database, is_new=False) as market:
            path = place_of(name)
            saved = shown(save_to(market, path, credentials=access_of(CREDENTIALS) if credentials else None), path)
    _show(to, saved)


@app.command
def load(world: str, *, database: Database = _DATABASE, to: Connection | None = None) -> None:
    """Replace everything in the market by a world; save the market before, if it is to be kept.

    Args:
        world: A world's name, or a file.
        database: The market's database, where no market is running.
        to: Which market.
    """
    to = to or Connection()
    try:
        loaded = to.send(LoadWorld(name=_shelved(world, to)))
    except NobodyThere:
        from sellingpartner.market.worlds.loading import load as load_into  # noqa: PLC0415 - the server's weight
        from sellingpartner.market.worlds.world import check_there, place_of  # noqa: PLC0415
        from sellingpartner.server.control.worlds import shown  # noqa: PLC0415

        path = check_there(place_of(world))
        with _opened(database, is_new=True) as market:
            loaded = shown(load_into(path, market), path)
            _hand_over_credentials(market, path, CREDENTIALS, to.address)
    _show(to, loaded)


@app.command
def fork(name: str, *, of: str, to: Connection | None = None) -> None:
    """Make a market of its own of a world: a second one to serve beside the first.

    Args:
        name: What it is called: it lies in .spapi/worlds/NAME.
        of: The world's name, or a file.
        to: How it is told.
    """
    from sellingpartner.market.worlds.loading import load as load_into  # noqa: PLC0415 - the server's weight
    from sellingpartner.market.worlds.world import check_there, named, place_of  # noqa: PLC0415

    path, folder = check_there(place_of(of)), _FOLDER / named(name)
    file, credentials = folder / "market.db", folder / "credentials.env"
    if file.exists():
        message = f"There is a market in {file}; give the fork another name, or delete that folder."
        raise CannotDo(message)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _opened(f"sqlite:///{file}", is_new=True) as market:
        load_into(path, market)
        _hand_over_credentials(market, path, credentials, "http://127.0.0.1:8001")
    serve = f"spapi serve --database sqlite:///{file} --credentials {credentials} --port 8001"
    if (to or Connection()).json:
        print_line(f'{{"database": "{file}", "credentials": "{credentials}"}}')
    else:
        print_line(f"Serve it with:\n  {serve}")


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
        from sellingpartner.server.control.worlds import shown  # noqa: PLC0415

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
    if _is_path(world) or _is_nobody_there(to):
        from sellingpartner.market.worlds.world import place_of, world_in  # noqa: PLC0415 - the server's weight
        from sellingpartner.server.control.worlds import shown  # noqa: PLC0415

        path = place_of(world)
        _show(to, shown(world_in(path), path))
    else:
        _show(to, to.send(GetWorld(name=world)))


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
    if _is_path(name) and not _is_nobody_there(to):
        message = f"A market that runs saves worlds by name, in its own {_FOLDER}; write a name, not {name}."
        raise CannotDo(message)
    return to.send(request)


def _is_nobody_there(to: Connection) -> bool:
    try:
        to.send(ListWorlds())
    except NobodyThere:
        return True
    return False


def _shelved(world: str, to: Connection) -> str:
    """The name of a world beside the running market; a file is copied there first."""
    if not _is_path(world) or _is_nobody_there(to):
        return Path(world).stem
    if not Path(world).is_file():
        message = f"There is no file {world}."
        raise CannotDo(message)
    shelved = _FOLDER / f"{Path(world).stem}{_ENDING}"
    if Path(world).resolve() != shelved.resolve():
        _FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(world, shelved)
    return shelved.stem


def _is_path(world: str) -> bool:
    return "/" in world or "." in world


@contextmanager
def _opened(database: str, *, is_new: bool) -> Iterator[Market]:
    """A market that nobody serves, for as long as the block runs."""
    from sellingpartner.server.process.only_one import the_file  # noqa: PLC0415 - the server's weight
    from sellingpartner.server.process.opening import file_of, open_market, shown_database  # noqa: PLC0415
    from sellingpartner.server.process.settings import CannotServe, Settings  # noqa: PLC0415

    settings = Settings(database=database)
    try:
        file = file_of(settings)
        if not is_new and file is not None and not Path(file).is_file():
            message = f"There is no market in {file}, and none is running; `spapi serve` makes one."
            raise CannotDo(message)
        with the_file(file, shown_database(settings)):
            market = open_market(settings)
            try:
                yield market
            finally:
                market.close()
    except CannotServe as reason:
        raise CannotDo(str(reason)) from reason


def _hand_over_credentials(market: Market, world: Path, path: Path, base_url: str) -> None:
    """Have programs go on with a world's credentials, by the file where they look for them."""
    from sellingpartner.market.worlds.world import access_in  # noqa: PLC0415 - the server's weight
    from sellingpartner.server.process.credentials import ready_credentials  # noqa: PLC0415
    from sellingpartner.server.process.settings import Chosen  # noqa: PLC0415
    from sellingpartner.server.process.worlds import chosen_with  # noqa: PLC0415

    access = access_in(world)
    if access is not None:
        ready_credentials(market, path, base_url, chosen_with(Chosen(), access))


def _show(to: Connection, world: SavedWorld) -> None:
    if to.json:
        print_json(world)
        return
    print_facts(
        [
            ("World", world.name),
            ("Market time", world.at),
            ("Saved", world.saved_at),
            ("Seed", world.seed),
            ("Credentials", "in it" if world.has_credentials else "none"),
            ("Bytes", world.bytes),
        ]
    )
