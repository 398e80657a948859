"""`spapi auth`."""

from __future__ import annotations

import msgspec
from cyclopts import App

from sellingpartner.cli.reach.as_sent import AsSent
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.cli.shown.output import JsonOnly
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.client import Loaded
from sellingpartner.client.credentials import masked
from sellingpartner.client.credentials.endpoints import Endpoint
from sellingpartner.contract.errors import NotConfigured
from sellingpartner.contract.message import Message
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations

app = App(name="auth", help="Whose credentials are used, where they were found, and whether they work.")


class Value(Message, rename="camel"):
    """One value of the credentials, as it may be shown."""

    name: str
    value: str
    source: str


class Addresses(Message, rename="camel"):
    """Where calls go."""

    api: str
    login: str
    consent: str
    is_sandbox: bool


class Found(Message, rename="camel"):
    """Everything that `auth show` says."""

    values: list[Value]
    addresses: Addresses | None
    missing: list[str]


@app.command
def show(*, caller: Caller | None = None, output: JsonOnly | None = None) -> None:
    """Say which credentials are used and which place each value came from; secrets are masked."""
    found = _found((caller or Caller()).load())
    if output and output.json:
        print_json(found)
        return
    print_table(
        ("Name", "Value", "Source"),
        [(value.name, value.value, _source(value.source)) for value in found.values],
        empty="",
    )
    if found.addresses:
        print_line("")
        where = found.addresses
        print_facts([("API", where.api), ("Login", where.login), ("Consent", where.consent)])
    for hint in found.missing:
        print_line(f"Missing: {hint}")


@app.command
def check(*, caller: Caller | None = None, output: JsonOnly | None = None) -> None:
    """Log in and ask where the seller sells: a first call that says whether the credentials work."""
    as_sent = AsSent()
    with (caller or Caller()).client(as_sent) as client:
        answer = client.send(GetMarketplaceParticipations())
        address = client.endpoint.api
    if output and output.json:
        print_line(msgspec.json.format(as_sent.body).decode())
        return
    print_line(f"The credentials work at {address}. The seller sells in:")
    print_table(
        ("Country", "Marketplace", "Name", "Taking part", "Suspended listings"),
        [
            (
                one.marketplace.country_code,
                one.marketplace.id,
                one.marketplace.name,
                "yes" if one.participation.is_participating else "no",
                "yes" if one.participation.has_suspended_listings else "no",
            )
            for one in answer.payload or ()
        ],
        empty="no marketplace.",
    )


def _found(loaded: Loaded) -> Found:
    values = msgspec.structs.asdict(loaded.credentials)
    missing = []
    if not loaded.credentials.refresh_token:
        missing.append("refresh_token (SP_API_REFRESH_TOKEN): without it only grantless operations can be called.")
    addresses = None
    try:
        addresses = _addresses(loaded.credentials.endpoint)
    except NotConfigured as reason:
        missing.append(f"the address: {reason}")
    return Found(
        values=[
            Value(name=name, value=masked(name, values[name]).strip("'"), source=place)
            for name, place in loaded.sources.items()
        ],
        addresses=addresses,
        missing=missing,
    )


def _addresses(endpoint: Endpoint) -> Addresses:
    return Addresses(api=endpoint.api, login=endpoint.login, consent=endpoint.consent, is_sandbox=endpoint.sandbox)


def _source(place: str) -> str:
    return "an option of this command" if place == "code" else place
