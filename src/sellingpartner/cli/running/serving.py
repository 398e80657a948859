"""`spapi serve`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.installed import check_installed
from sellingpartner.cli.parameters import FLAG

_NEEDED = ("alembic", "cryptography", "granian", "h11", "sqlalchemy", "structlog")


@Parameter(name="*")
@dataclass(frozen=True)
class Place:
    """Where a market is served and where it keeps what it knows."""

    host: str = "127.0.0.1"
    "The address to listen on; 0.0.0.0 for every one of this machine."
    port: Annotated[int, Parameter(env_var="SPAPI_PORT")] = 8000
    "The port to listen on."
    public_url: Annotated[str | None, Parameter(env_var="SPAPI_PUBLIC_URL")] = None
    "Where others reach the market, behind a proxy that ends TLS: https://HOST. All its links begin with it."
    tls: Annotated[bool, FLAG] = False
    "Answer under Amazon's names over TLS as well, for those who map names; `spapi env` leads programs there."
    tls_port: Annotated[int, Parameter(env_var="SPAPI_TLS_PORT")] = 8443
    "The port of it."
    patience: Annotated[float, Parameter(env_var="SPAPI_PATIENCE")] = 30.0
    "How many seconds the head of a request may take to come in, and a connection may be idle."
    database: Annotated[str, Parameter(env_var="SPAPI_DATABASE")] = "sqlite:///.spapi/market.db"
    "Where the market's state lives: sqlite:///FILE, sqlite:// (memory) or postgresql://USER:PASSWORD@HOST/NAME."
    database_timeout: Annotated[float, Parameter(env_var="SPAPI_DATABASE_TIMEOUT")] = 10
    "Seconds that the database may take over an answer until calls are answered 503."
    documents: Annotated[str | None, Parameter(env_var="SPAPI_DOCUMENTS")] = None
    "Where reports, feeds and results are kept: a folder, or s3://BUCKET/PREFIX; else beside the database."
    credentials: Path = Path(".spapi/credentials.env")
    "The file for ready credentials, under Amazon's own names."


@Parameter(name="*")
@dataclass(frozen=True)
class World:
    """What kind of market it is."""

    seed: int | None = None
    "What all chance comes from, in a new market; the same seed gives the same world."
    no_demo: Annotated[bool, FLAG] = False
    "Begin with an empty market: no demo seller with 1,000 SKUs and 5,000 orders."
    scenario: str | None = None
    "How a new market begins, instead of with the demo world: a scenario's name (such as busy-seller), or its file."
    fresh: Annotated[bool, FLAG] = False
    "Build the demo world anew, up to the present, and not from the copy that is kept on this machine for a week."
    models: Annotated[Path | None, Parameter(env_var="SELLINGPARTNER_MODELS")] = None
    "A folder of Amazon's published models; the sandbox then answers their static cases."
    quiet_market: Annotated[bool, FLAG] = False
    "Keep the demo seller's buyers away: nothing is ordered unless you say so."
    world: str | None = None
    "How a new market begins, instead of with the demo world: a world that was saved, by its name or its file."
    limits: Literal["real", "off", "x10"] | None = None
    "Amazon's usage plans: as they are, none, or ten times as generous; real unless a scenario says otherwise."
    chaos: str | None = None
    "What goes wrong, in place of what went wrong before: a ready profile, such as prime-day or flaky-network."
    faults: Path | None = None
    "A file of faults, [[fault]] tables of TOML, in place of what went wrong before."


@Parameter(name="*")
@dataclass(frozen=True)
class Telling:
    """Where notifications go."""

    queues: Annotated[str, Parameter(env_var="SPAPI_QUEUES")] = "aws"
    "Where SQS and EventBridge are: aws, the URL of what speaks like them, or none to keep what would be sent."
    webhooks: Annotated[Literal["public", "any"], Parameter(env_var="SPAPI_WEBHOOKS")] = "public"
    "Where webhooks may lead: to public addresses, or into this machine's own network too."


@Parameter(name="*", group="Credentials chosen beforehand")
@dataclass(frozen=True)
class Chosen:
    """The credentials of the first application and seller; what is left out is invented."""

    client_id: Annotated[str | None, Parameter(env_var="SPAPI_CLIENT_ID")] = None
    "The application's client id."
    client_secret: Annotated[str | None, Parameter(env_var="SPAPI_CLIENT_SECRET")] = None
    "Its client secret."
    refresh_token: Annotated[str | None, Parameter(env_var="SPAPI_REFRESH_TOKEN")] = None
    "The refresh token of what the seller lets it do."


def serve(
    *,
    place: Place | None = None,
    world: World | None = None,
    telling: Telling | None = None,
    chosen: Chosen | None = None,
    control_key: Annotated[str | None, Parameter(env_var="SPAPI_CONTROL_KEY")] = None,
    record: Annotated[bool, FLAG] = False,
    verbose: Annotated[bool, FLAG] = False,
) -> None:
    """Serve a market on this machine until Ctrl-C; what happened in it is there the next time.

    Args:
        place: Where it is served.
        world: What kind of market it is.
        telling: Where notifications go.
        chosen: Credentials that are known beforehand.
        control_key: The key that other machines need to drive the market; without one they cannot.
        record: Keep the latest 1,000 calls whole, in memory alone and without tokens, for `spapi requests --har`.
        verbose: Print each call.
    """
    check_installed("serve", _NEEDED)
    # Here and not above: the other commands need none of the server, and start in a tenth of the time.
    from sellingpartner.server.process.uncollected import uncollected  # noqa: PLC0415

    with uncollected():
        from sellingpartner.server.process.scenario import limits_of  # noqa: PLC0415
        from sellingpartner.server.process.serving import CannotServe, Settings  # noqa: PLC0415
        from sellingpartner.server.process.serving import serve as serve_market  # noqa: PLC0415
        from sellingpartner.server.process.settings import Chosen as ChosenCredentials  # noqa: PLC0415

    place, world, chosen = place or Place(), world or World(), chosen or Chosen()
    telling = telling or Telling()
    try:
        serve_market(
            Settings(
                host=place.host,
                port=place.port,
                public_url=place.public_url,
                tls_port=place.tls_port if place.tls else None,
                patience_seconds=place.patience,
                database=place.database,
                database_seconds=place.database_timeout,
                documents=place.documents,
                credentials=place.credentials,
                seed=world.seed,
                has_demo=not world.no_demo,
                scenario=world.scenario,
                world=world.world,
                is_fresh=world.fresh,
                is_quiet=world.quiet_market,
                models=world.models,
                chaos=world.chaos,
                faults=world.faults,
                limits=world.limits or limits_of(world.scenario) or "real",
                control_key=control_key,
                queues=telling.queues,
                webhooks=telling.webhooks,
                is_recording=record,
                is_verbose=verbose,
                chosen=ChosenCredentials(**asdict(chosen)),
            )
        )
    except CannotServe as reason:
        raise CannotDo(str(reason)) from reason
