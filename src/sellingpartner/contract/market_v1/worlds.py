"""The market's control API, v1: worlds that were saved, each a market in a file beside the server."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, delete, get, post
from sellingpartner.contract.scopes import NONE

WorldName = Annotated[str, Meta(pattern="^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$")]
_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 409, 415, 500, 503)


class SavedWorld(Message, rename="camel"):
    """What is said of a world."""

    name: str
    at: datetime
    """Its moment of market time."""
    saved_at: datetime
    seed: int
    version: str
    """The version that saved it."""
    has_credentials: bool
    """Whether programs go on with the credentials that they have, once it is loaded."""
    bytes: int
    """How large its file is."""


class SavedWorlds(Message, rename="camel"):
    """The worlds that were saved, by name."""

    worlds: list[SavedWorld]


class WorldDifference(Message, rename="camel"):
    """One thing that is not the same in two worlds."""

    what: str
    """What kind of thing, and its name."""
    where: str
    """In which it is, `first` or `second`; or `changed`, where it is in both."""
    told: str
    """What it is like, or what of it has changed."""


class DifferentContext(Message, rename="camel"):
    """A part of the market in which two worlds are not the same."""

    context: str
    first: int
    """How many rows are in the first world alone."""
    second: int
    changed: int
    things: list[WorldDifference]
    """Some of those that have names, the first of each kind."""


class WorldDifferences(Message, rename="camel"):
    """What differs between two worlds."""

    first: SavedWorld
    second: SavedWorld
    contexts: list[DifferentContext]


class SaveWorldSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How a world is saved."""

    name: WorldName
    credentials: bool = True
    """Whether the ready credentials are in it."""
    scrub: bool = False
    """Whether stand-ins are there for personal data; the credentials are left out, then."""


class SaveWorld(Request[SavedWorld]):
    """Save the market as a world, in the place of one that has the name."""

    operation = post("/market/v1/worlds", "saveWorld", statuses=_COMMANDS, body=SaveWorldSpecification, scope=NONE)

    name: WorldName
    credentials: bool = True
    scrub: bool = False


class ListWorlds(Request[SavedWorlds]):
    """List the worlds that were saved."""

    operation = get("/market/v1/worlds", "listWorlds", statuses=_READS, scope=NONE)


class GetWorld(Request[SavedWorld]):
    """Show one."""

    operation = get("/market/v1/worlds/{name}", "getWorld", statuses=_READS, scope=NONE)

    name: WorldName


class CompareWorlds(Request[WorldDifferences], rename="camel"):
    """Say what differs between a world and another one, or the market as it is."""

    operation = get("/market/v1/worlds/{name}/differences", "compareWorlds", statuses=_READS, scope=NONE)

    name: WorldName
    other: WorldName | None = None
    """The other world; the market as it is unless said."""
    limit: Annotated[int, Meta(ge=0, le=1000)] = 10
    """How many differences of each kind are told one by one."""


class LoadWorld(Request[SavedWorld]):
    """Replace everything that is in the market by a world. The sandbox begins anew."""

    operation = post("/market/v1/worlds/{name}/load", "loadWorld", statuses=_COMMANDS, scope=NONE)

    name: WorldName


class DeleteWorld(Request[SavedWorlds]):
    """Delete a world's file; says which are left."""

    operation = delete("/market/v1/worlds/{name}", "deleteWorld", statuses=_READS, scope=NONE)

    name: WorldName
