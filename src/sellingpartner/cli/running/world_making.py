"""`spapi world new` and `fork`: worlds and markets that begin as others do."""

from __future__ import annotations

from contextlib import nullcontext
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.running.world_files import FOLDER, hand_over_credentials, opened, scrubbed, show
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.contract.errors import SellingPartnerError

if TYPE_CHECKING:
    from sellingpartner.market.market import Market
    from sellingpartner.market.worlds.world import Access


def new(
    name: str,
    *,
    scenario: str | None = None,
    seed: int | None = None,
    to: Connection | None = None,
) -> None:
    """Make a world that begins as a scenario says, or with the demo world; `spapi serve --world NAME` serves it.

    Args:
        name: What it is called, or a file of your own.
        scenario: A ready scenario's name, or a file; the demo world unless said.
        seed: What all chance comes from.
        to: How it is told.
    """
    from sellingpartner.market.worlds.saving import save as save_to  # noqa: PLC0415 - the server's weight
    from sellingpartner.market.worlds.world import place_of  # noqa: PLC0415
    from sellingpartner.server.control.running.worlds import shown  # noqa: PLC0415

    path = place_of(name)
    if path.exists():
        message = f"There is a world in {path}; give this one another name, or delete that."
        raise CannotDo(message)
    with (
        TemporaryDirectory(prefix="spapi-world-") as folder,
        opened(f"sqlite:///{folder}/market.db", is_new=True, seed=seed) as market,
    ):
        try:
            access = _begun(market, scenario)
        except SellingPartnerError as reason:
            raise CannotDo(str(reason)) from reason
        saved = shown(save_to(market, path, credentials=access), path)
    show(to or Connection(), saved)


def _begun(market: Market, scenario: str | None) -> Access | None:
    """Have a market begin; returns the credentials that are known of it."""
    from sellingpartner.market.scenarios.building import build  # noqa: PLC0415 - the server's weight
    from sellingpartner.market.scenarios.reading import named  # noqa: PLC0415
    from sellingpartner.market.worlds.world import Access  # noqa: PLC0415
    from sellingpartner.server.process.demo_world import build as build_demo  # noqa: PLC0415

    if scenario is None:
        build_demo(market)
        return None
    built = build(market, named(scenario))
    if not built.is_let_in or built.refresh_token is None:
        return None
    return Access(client_id=built.client_id, client_secret=built.client_secret, refresh_token=built.refresh_token)


def fork(name: str, *, of: str, scrub: Annotated[bool, FLAG] = False, to: Connection | None = None) -> None:
    """Make a market of its own of a world: a second one to serve beside the first.

    Args:
        name: What it is called: it lies in .spapi/worlds/NAME.
        of: The world's name, or a file.
        scrub: Put stand-ins in the place of personal data; the fork has credentials of its own.
        to: How it is told.
    """
    from sellingpartner.market.worlds.loading import load as load_into  # noqa: PLC0415 - the server's weight
    from sellingpartner.market.worlds.world import check_there, named, place_of  # noqa: PLC0415

    path, folder = check_there(place_of(of)), FOLDER / named(name)
    file, credentials = folder / "market.db", folder / "credentials.env"
    if file.exists():
        message = f"There is a market in {file}; give the fork another name, or delete that folder."
        raise CannotDo(message)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        opened(f"sqlite:///{file}", is_new=True) as market,
        scrubbed(path) if scrub else nullcontext(path) as world,
    ):
        load_into(world, market)
        hand_over_credentials(market, world, credentials, "http://127.0.0.1:8001")
    serve = f"spapi serve --database sqlite:///{file} --credentials {credentials} --port 8001"
    if (to or Connection()).json:
        print_line(f'{{"database": "{file}", "credentials": "{credentials}"}}')
    else:
        print_line(f"Serve it with:\n  {serve}")
