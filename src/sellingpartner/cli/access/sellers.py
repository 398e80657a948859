"""`spapi seller`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cyclopts import App

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.cli.words.marketplace_names import NAMED, Marketplace, countries_of, marketplace_id_of
from sellingpartner.contract.market_v1 import (
    AccountStatus,
    CreateSeller,
    GetAccountStatus,
    JoinedSeller,
    ListSellers,
    SetAccountStatus,
)
from sellingpartner.env_file import write_env

app = App(name="seller", help="Sellers of the market.")


@app.command
def create(
    name: str,
    *,
    marketplace: Annotated[tuple[str, ...], SEVERAL, NAMED] = ("US",),
    country: str | None = None,
    env: Path | None = None,
    to: Connection | None = None,
) -> None:
    """Open a seller's account, with an application of its own that is let in: ready to list and to sell.

    The secrets are shown this once.

    Args:
        name: The seller's name.
        marketplace: Where it sells, by country (US) or marketplace id; repeat it for more of the same region.
        country: Where its business is (DE, CN); in the country of its first marketplace unless said.
        env: Write the credentials to this file, as `spapi serve` writes its own, instead of showing them.
        to: Which market.
    """
    to = to or Connection()
    if env is not None and (env.exists() or not env.parent.is_dir()):
        message = f"{env} {'is there already' if env.exists() else 'is in no folder'}; choose another file for --env."
        raise CannotDo(message)
    places = [marketplace_id_of(one) for one in marketplace]
    seller = to.send(CreateSeller(name=name, marketplace_ids=places, with_application=True, country_code=country))
    own = seller.credentials
    if own is None:
        message = "The market is of an earlier version: it opened the account, but registers no application with it."
        raise CannotDo(message)
    us = marketplace_id_of("US")
    ready = {
        "SP_API_CLIENT_ID": own.client_id,
        "SP_API_CLIENT_SECRET": own.client_secret,
        "SP_API_REFRESH_TOKEN": own.refresh_token,
        "SP_API_REGION": seller.region,
        "SP_API_BASE_URL": to.address,
        "SP_API_OAUTH_URL": f"{to.address}/auth/o2/token",
        "SP_API_SELLER_ID": seller.seller_id,
        "SP_API_MARKETPLACE_ID": us if us in seller.marketplace_ids else seller.marketplace_ids[0],
        "SP_API_APPLICATION_ID": own.application_id,
    }
    if env is not None:
        write_env(env, ready, "Made by `spapi seller create`. To use it in a shell: set -a; . FILE; set +a")
    if to.json:
        _print_json(seller, {} if env else ready)
        return
    print_facts(
        [
            ("Seller", seller.seller_id),
            ("Region", seller.region),
            ("Marketplaces", countries_of(seller.marketplace_ids)),
        ]
    )
    if env is not None:
        print_line(f"Its credentials are in {env}.")
    else:
        print_line("")
        for variable, value in ready.items():
            print_line(f"{variable}={shlex.quote(value)}")


def _print_json(seller: JoinedSeller, ready: dict[str, str]) -> None:
    told = msgspec.to_builtins(seller)
    told.pop("credentials", None)
    told |= {"credentials": ready} if ready else {}
    print_line(msgspec.json.format(msgspec.json.encode(told)).decode())


@app.command
def status(
    seller: str,
    status: Literal["NORMAL", "AT_RISK", "DEACTIVATED"] | None = None,
    *,
    marketplace: Marketplace = None,
    to: Connection | None = None,
) -> None:
    """Show how a seller's account stands, or have it stand otherwise, as Amazon's people do.

    Args:
        seller: The seller's id.
        status: How it is to stand.
        marketplace: Where, by country (US) or marketplace id; everywhere unless said.
        to: Which market.
    """
    to = to or Connection()
    place = None if marketplace is None else marketplace_id_of(marketplace)
    answer = to.send(
        GetAccountStatus(seller_id=seller)
        if status is None
        else SetAccountStatus(seller_id=seller, status=AccountStatus(status), marketplace_id=place)
    )
    if to.json:
        print_json(answer)
        return
    rows = [(countries_of([one.marketplace_id]), one.marketplace_id, one.status.value) for one in answer.standings]
    print_table(("Country", "Marketplace", "Status"), rows, empty="The seller is in no marketplace.")


@app.command(name="list")
def list_sellers(*, to: Connection | None = None) -> None:
    """List the sellers."""
    to = to or Connection()
    answer = to.send(ListSellers())
    if to.json:
        print_json(answer)
    else:
        print_table(
            ("Seller", "Name", "Region", "Marketplaces", "Joined"),
            [
                (one.seller_id, one.name, one.region, countries_of(one.marketplace_ids), one.joined_at)
                for one in answer.sellers
            ],
            empty="The market has no seller yet.",
        )
