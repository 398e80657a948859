"""What every story starts from: a market of its own on a frozen clock, and a seller in it.

PostgreSQL: tests that need one ask for `postgres_url` (a market's tables, empty) or `blank_postgres_url` (no tables).
They get it from SPAPI_TEST_POSTGRES, a URL whose user may create databases, or from a private cluster that lives as
long as the tests; where there is neither, they are skipped.
"""

from __future__ import annotations

import gc
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NoReturn, cast
from uuid import uuid4

import pytest
import structlog
from databases import url_of
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from sqlalchemy import URL, Connection, Engine, create_engine, inspect, make_url, text

from sellingpartner.market.market import Market
from sellingpartner.market.worlds.copying import empty
from sellingpartner.testing import Caller, TestMarket
from soak import TIMES, examples

# Each of the many processes that the tests start would compile all of this package for itself, which takes seconds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def _quick_place() -> str | None:
    """Where files lie in memory, if there is room, and programs may lie too: no test ends by a power cut."""
    place = "/dev/shm"
    if not os.access(place, os.W_OK) or os.statvfs(place).f_flag & os.ST_NOEXEC:
        return None
    return place if shutil.disk_usage(place).free > _ROOM else None


_ROOM = 4 << 30
if (_place := _quick_place()) is not None:  # a commit waits for no disk there
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _place)

pytest_plugins = ["any_order", "few_words", "rings", "showing", "pytester", "inner_runs"]


_no_constants = Constants()


def _say_nothing(*_: object) -> NoReturn:
    raise structlog.DropEvent


# The same examples each time, so that a run is red for what was changed alone; others, and many more, in `make soak`.
# How long an example takes says more of the machine than of the law.
settings.register_profile("short", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", settings.get_profile("short"), derandomize=False, max_examples=examples(100))
settings.load_profile("short" if TIMES == 1 else "soak")
if TIMES == 1:
    # Hypothesis reads the modules of ours that happen to be imported, and tries the constants that it finds. That takes
    # seconds of each process, and makes other examples where another test came first. In `make soak` it may.
    vars(providers)["_get_local_constants"] = lambda: _no_constants
structlog.configure(processors=[_say_nothing])  # a test that wants the log's lines takes structlog.testing.capture_logs


gc.set_threshold(50_000, 20, 20)  # garbage is looked for seldom: what is large is closed


def pytest_configure() -> None:
    """Let Ctrl-C be heard, by tests that press it too: a shell has whatever it runs in the background ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionstart() -> None:
    """Look no more for garbage in what was imported, in the process above the others too, which collects no tests."""
    gc.freeze()


def pytest_collection_finish() -> None:
    """Look no more for garbage in what the imports left: a whole collection then takes 5 ms and not 200."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def market() -> Iterator[TestMarket]:
    made = TestMarket()
    yield made
    made.close()


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    """A real server that speaks SQS and other of AWS's services; only who wants it waits for its import."""
    server = import_module("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def seller(market: TestMarket) -> Caller:
    return market.seller


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that several processes can open, once of each kind."""
    return url_of(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a table, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'blank.db'}"
    url: str = request.getfixturevalue("blank_postgres_url")
    return url


@pytest.fixture
def postgres_url(_emptied: Engine) -> str:
    # Measured: emptying what was filled takes 5 ms, a database of its own from a template 55 ms.
    with _emptied.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))  # a test that left a transaction open fails the next
        _empty(connection)
    return _shown(_emptied.url)


@pytest.fixture
def blank_postgres_url(_postgres: URL) -> Iterator[str]:
    with _database_on(_postgres) as url:
        yield _shown(url)


@pytest.fixture(scope="module")
def kept_postgres_url(_postgres: URL) -> Iterator[str]:
    """A database without a table that is a module's own."""
    with _database_on(_postgres) as url:
        yield _shown(url)


@pytest.fixture(scope="session")
def _emptied(_postgres: URL) -> Iterator[Engine]:
    with _database_on(_postgres) as url:
        Market.open(_shown(url)).close()
        engine = create_engine(url)
        yield engine
        engine.dispose()


def _empty(connection: Connection) -> None:
    """Delete every row; whoever may let triggers rest does it in two statements, and no plan is made anew for that."""
    if connection.exec_driver_sql("SHOW is_superuser").scalar() != "on":
        empty(connection)
        return
    filled = connection.exec_driver_sql(_which_hold_rows(connection.engine)).scalars()
    statements = [f"DELETE FROM {name}" for name in filled]
    driver = cast("Any", connection.connection.driver_connection)
    driver.execute("; ".join(["SET LOCAL session_replication_role = replica", *statements]), prepare=False)


@cache
def _which_hold_rows(engine: Engine) -> str:
    """Asks for every table that is not empty, those among them that triggers fill."""
    names = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)


@pytest.fixture(scope="session")
def _postgres() -> Iterator[URL]:
    """A server on which databases may be created: one for each process that runs tests."""
    named = os.environ.get("SPAPI_TEST_POSTGRES")
    if named:
        yield make_url(named).set(drivername="postgresql+psycopg")
        return
    found = [shutil.which("initdb"), *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)]
    programs = [Path(program).resolve().parent for program in found if program]
    if not programs:
        pytest.skip("PostgreSQL is not installed; install it, or name a server in SPAPI_TEST_POSTGRES")
    user = _unprivileged_user()
    # A socket's path must be short, and readable to that user.
    folder = Path(mkdtemp(prefix="spapi-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    if user is not None:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs[0] / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=60)

    # Nothing here outlives the tests, so nothing has to reach the disk.
    settings = (
        "listen_addresses=''",
        f"unix_socket_directories='{folder}'",
        "max_connections=80",
        "deadlock_timeout=200",
        "jit=off",
        "full_page_writes=off",
    )
    options = " ".join(["-F", *(f"-c {setting}" for setting in settings)])
    try:
        run("initdb", "-A", "trust", "-U", "spapi", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield URL.create("postgresql+psycopg", "spapi", database="postgres", query={"host": str(folder)})
        run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> str | None:
    """Who is to run PostgreSQL, which refuses to be run by root; None for whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(user.pw_name == "postgres" for user in pwd.getpwall()) else "nobody"


@contextmanager
def _database_on(server: URL) -> Iterator[URL]:
    """A database of its own, for as long as the block runs."""
    name = f"spapi_test_{uuid4().hex[:12]}"
    with _administrator(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name)
    with _administrator(server) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def _administrator(server: URL) -> Iterator[Connection]:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=False)
