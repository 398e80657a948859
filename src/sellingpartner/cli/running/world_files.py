"""The files of worlds, and markets that nobody serves: what the commands of `spapi world` share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sellingpartner.cli.failures import CannotDo, NobodyThere
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json
from sellingpartner.contract.market_v1 import ListWorlds, SavedWorld

if TYPE_CHECKING:
    from sellingpartner.market.market import Market

FOLDER = Path(".spapi/worlds")
ENDING = ".world"


def is_nobody_there(to: Connection) -> bool:
    """Whether no market runs."""
    try:
        to.send(ListWorlds())
    except NobodyThere:
        return True
    return False


def shelved(world: str, to: Connection) -> str:
    """The name of a world beside the running market; a file is copied there first, if it is a world."""
    from sellingpartner.market.worlds.world import named, world_in  # noqa: PLC0415 - the server's weight

    if not is_path(world) or is_nobody_there(to):
        return Path(world).stem
    if not Path(world).is_file():
        message = f"There is no file {world}."
        raise CannotDo(message)
    shelved = FOLDER / f"{named(Path(world).stem)}{ENDING}"
    world_in(Path(world))
    if Path(world).resolve() != shelved.resolve():
        FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        shelved.touch(mode=0o600)
        shelved.chmod(0o600)
        shutil.copyfile(world, shelved)
    return shelved.stem


@contextmanager
def scrubbed(world: Path) -> Iterator[Path]:
    """A copy of a world in which stand-ins are there for personal data, and no credentials."""
    from sellingpartner.market.worlds.loading import scrubbed_copy  # noqa: PLC0415 - the server's weight

    with scrubbed_copy(world) as copy:
        yield copy


def is_path(world: str) -> bool:
    """Whether a file is meant, and not a name."""
    return "/" in world or "." in world


@contextmanager
def opened(database: str, *, is_new: bool, seed: int | None = None) -> Iterator[Market]:
    """A market that nobody serves, for as long as the block runs."""
    from sellingpartner.server.process.only_one import the_file  # noqa: PLC0415 - the server's weight
    from sellingpartner.server.process.opening import file_of, open_market, shown_database  # noqa: PLC0415
    from sellingpartner.server.process.settings import CannotServe, Settings  # noqa: PLC0415

    settings = Settings(database=database, seed=seed)
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


def hand_over_credentials(market: Market, world: Path, path: Path, base_url: str) -> None:
    """Have programs go on with a world's credentials, by the file where they look for them."""
    from sellingpartner.market.worlds.world import access_in  # noqa: PLC0415 - the server's weight
    from sellingpartner.server.process.credentials import ready_credentials  # noqa: PLC0415
    from sellingpartner.server.process.settings import Chosen  # noqa: PLC0415
    from sellingpartner.server.process.worlds import chosen_with  # noqa: PLC0415

    access = access_in(world)
    if access is not None:
        ready_credentials(market, path, base_url, chosen_with(Chosen(), access))


def show(to: Connection, world: SavedWorld) -> None:
    """Tell what a world says of itself."""
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
