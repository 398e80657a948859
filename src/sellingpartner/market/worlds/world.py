"""What a world file says of itself, and where one is that is named.

A world file is an SQLite database with every table of a market, and three things that a market's own file has not: what
the world is called and when it was saved, the credentials with which programs may go on, and its documents.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.time.clock import real_now
from sellingpartner.storage.columns import instant_of, microseconds

FOLDER = Path(".spapi/worlds")
ENDING = ".world"
SAID = "world"
CREDENTIALS = "world credentials"
BEGUN = "world begun with"
"""What a market remembers that began as a world."""
DOCUMENTS = "world_documents"
"""The table of a world file in which the bytes of its documents are; a market keeps them beside its database."""

_APPLICATION_ID = 0x53504150
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class NotAWorld(InvalidInput):
    """A file in which there is no market."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} is no world: {why}. `spapi world save NAME` makes one.")


class Access(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """The credentials with which programs called the market, to go on with."""

    client_id: str
    client_secret: str
    refresh_token: str


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a saved world."""

    name: str
    at: datetime
    """Its moment of market time."""
    saved_at: datetime
    version: str
    """The version of this package that saved it."""
    seed: int
    has_credentials: bool = False
    is_scrubbed: bool = False
    """Whether stand-ins are there for personal data."""
    came_from: str = "sqlite"


def named(name: str) -> str:
    """The name, if a world can be called so; raises `InvalidInput`."""
    if not _NAME.fullmatch(name):
        message = f"{name[:100]!r} is no name of a world; write small letters, digits and hyphens, such as before-sale."
        raise InvalidInput(message)
    return name


def place_of(name_or_path: str, folder: Path = FOLDER) -> Path:
    """The file of a world: a path has a slash or an ending, anything else is a name."""
    if "/" in name_or_path or "." in name_or_path:
        return Path(name_or_path)
    return folder / f"{named(name_or_path)}{ENDING}"


def world_in(path: Path) -> World:
    """What a file says of itself; a market's own file is a world too, without a name. Raises `NotAWorld`."""
    values = _values(path)
    if SAID not in values and "seed" not in values:
        raise NotAWorld(path, "there is no market in it")
    try:
        if SAID in values:
            return msgspec.json.decode(values[SAID], type=World)
        with closing(_opened(path)) as file:
            (at,) = file.execute("SELECT market_at FROM clocks").fetchone() or (0,)
        moment = instant_of(at)
        return World(name=path.stem, at=moment, saved_at=moment, version="", seed=int(values["seed"]))
    except (sqlite3.Error, msgspec.MsgspecError, ValueError) as reason:
        raise NotAWorld(path, str(reason)) from reason


def revision_of(path: Path) -> str | None:
    """By which revision of the tables a file was written."""
    with closing(_opened(path)) as file:
        if not file.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone():
            return None
        row = file.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def access_in(path: Path) -> Access | None:
    """The credentials that a world file holds, if it holds any."""
    kept = _values(path).get(CREDENTIALS)
    return None if kept is None else msgspec.json.decode(kept, type=Access)


def worlds_in(folder: Path = FOLDER) -> list[tuple[Path, World]]:
    """The worlds that lie in a folder, by name; a file that is none hides no other."""
    found = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        with suppress(NotAWorld, NotFound):
            found.append((path, world_in(path)))
    return found


def check_there(path: Path) -> Path:
    """The path, if there is a file; raises `NotFound`."""
    if not path.is_file():
        message = f"There is no world {path.stem!r} ({path}); `spapi world list` lists those that there are."
        raise NotFound(message)
    return path


def say(path: Path, world: World, access: Access | None) -> None:
    """Write what a world says of itself into its file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute(f"PRAGMA application_id={_APPLICATION_ID}")
        file.execute("DELETE FROM market WHERE name IN (?, ?)", (SAID, CREDENTIALS))
        rows = [(SAID, msgspec.json.encode(world).decode())]
        if access is not None:
            rows.append((CREDENTIALS, msgspec.json.encode(access).decode()))
        file.executemany("INSERT INTO market (name, value) VALUES (?, ?)", rows)


def stop_the_clock(path: Path, world: World) -> None:
    """Have a file's clock show the moment at which the world was saved, however long it lies."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        shown = microseconds(world.at), microseconds(world.saved_at)
        file.execute("UPDATE clocks SET market_at = ?, real_at = ?", shown)


def let_the_clock_go_on(path: Path) -> None:
    """Have a file's clock go on from where it stood; and the file say no more that it is a world."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("UPDATE clocks SET real_at = ?", (microseconds(real_now()),))
        file.execute("DELETE FROM market WHERE name IN (?, ?, ?)", (SAID, CREDENTIALS, BEGUN))
        file.execute(f"DROP TABLE IF EXISTS {DOCUMENTS}")


def _values(path: Path) -> dict[str, str]:
    check_there(path)
    try:
        with closing(_opened(path)) as file:
            return dict(file.execute("SELECT name, value FROM market"))
    except sqlite3.Error as reason:
        raise NotAWorld(path, str(reason)) from reason


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)
