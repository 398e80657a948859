"""Time comes from the market's clock and luck from its seed: a world can be replayed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.fidelity import nodes_of, parsed

import sellingpartner

SOURCE = Path(sellingpartner.__file__).parent
CALLERS = (SOURCE / "client", SOURCE / "workflows")
PACKAGES = frozenset({"time", "datetime", "random", "uuid", "secrets", "os"})

# What asks the operating system for the time, or for luck.
SOURCES_OF_TIME = frozenset(
    {
        *(f"time.{name}" for name in ("time", "time_ns", "monotonic", "monotonic_ns", "gmtime", "localtime", "ctime")),
        *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
        "datetime.date.today",
        "time.perf_counter",
        "time.perf_counter_ns",
    }
)
SOURCES_OF_LUCK = frozenset({"uuid.uuid1", "uuid.uuid4", "os.urandom", "random.SystemRandom", "random.Random"})

_WORD = re.compile(r"\w+")
_WORDS_OF_SOURCES = [{"random"}, {"secrets"}, *(set(name.split(".")) for name in SOURCES_OF_TIME | SOURCES_OF_LUCK)]

ALLOWED = {
    ("market/time/clock.py", "time.time_ns"): "the clock itself",
    ("market/time/chance.py", "random.Random"): "the market's luck, seeded by what it decides",
    ("market/faults/luck.py", "random.Random"): "the luck of a fault follows from the seed, the rule and its calls",
    ("market/simulation/assortment.py", "random.Random"): "a shop's goods follow from the seed, before there is a unit",
    ("market/simulation/products.py", "random.Random"): "a shop's goods follow from the seed, before there is a unit",
    ("market/documents/writer.py", "uuid.uuid4"): "where bytes lie: an attempt never meets what another one left",
    ("storage/postgresql.py", "time.monotonic"): "how long a server has not answered",
    ("server/process/only_one.py", "time.monotonic"): "how long the server before takes to end",
    ("server/seats.py", "time.monotonic"): "how long no call has ended",
    ("server/process/turn_thread.py", "time.monotonic"): "how long no call that takes a turn has ended",
    ("server/gateway/disturbed.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/gateway/spoiling.py", "time.time"): "the Date of HTTP, which is read beside the reader's own clock",
    ("server/gateway/pipeline.py", "time.perf_counter"): "how long a call took",
    ("server/gateway/request_ids.py", "random.Random"): "the id of a request, which decides nothing",
    ("server/control/endpoint.py", "time.perf_counter"): "how long a call took",
    ("server/control/endpoint.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/authorization/token.py", "time.perf_counter"): "how long a call took",
    ("server/authorization/token.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("intercept/authority.py", "datetime.datetime.now"): "certificates are read by machines, which live by this clock",
    ("cli/watching/listening.py", "secrets.token_bytes"): "a secret must not follow from the seed",
    ("cli/reach/moments.py", "datetime.datetime.now"): "`30d` is said by a person, who lives by this clock",
    ("server/console/endpoint.py", "time.perf_counter"): "how long a call took",
    ("server/console/endpoint.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/console/operators_door.py", "time.time"): "whoever moves the market's clock entered by the machine's",
    ("server/console/operators_door.py", "secrets.token_urlsafe"): "a secret must not follow from the seed",
    ("server/console/visit.py", "secrets.token_urlsafe"): "a secret must not follow from the seed",
    ("server/pictures.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/uploads.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/drawn_now.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/documents_out.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/schemas.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/gateway/links.py", "secrets.token_hex"): "a secret must not follow from the seed",
    ("server/app.py", "uuid.uuid4"): "the id of a request, which decides nothing",
    ("server/process/courier.py", "time.monotonic"): "how long a destination has not answered",
    ("server/process/carriers/webhooks.py", "time.monotonic"): "how long a webhook may take",
    ("market/notifications/destinations.py", "secrets.token_bytes"): "a secret must not follow from the seed",
    ("market/accounts/tokens.py", "secrets.token_urlsafe"): "a secret must not follow from the seed",
    ("market/accounts/referrals.py", "secrets.token_urlsafe"): "a secret must not follow from the seed",
    ("market/accounts/codes.py", "secrets.token_urlsafe"): "a secret must not follow from the seed",
    ("market/accounts/signing_in.py", "secrets.token_urlsafe"): "a secret must not follow from the seed",
    ("market/accounts/passwords.py", "secrets.choice"): "a secret must not follow from the seed",
    ("market/accounts/secrets.py", "secrets.token_hex"): "a secret must not follow from the seed",
}


@cache
def uses() -> list[tuple[str, str, int]]:
    """Every use of a source of time or luck: the file, what is used, the line."""
    return list(_uses())


def _uses() -> Iterator[tuple[str, str, int]]:
    # These are the caller's end: they wait and expire by the caller's clock, and are no part of any world.
    for file in sorted(file for file in SOURCE.rglob("*.py") if not any(one in file.parents for one in CALLERS)):
        if not _may_use(file.read_text(encoding="utf-8")):
            continue
        tree = parsed(file)
        if not (names := _imported(tree)):
            continue
        annotations = _annotations(tree)
        for node in nodes_of(tree):
            if isinstance(node, (ast.Name, ast.Attribute)) and id(node) not in annotations:
                dotted = _dotted(node, names)
                if dotted in SOURCES_OF_TIME | SOURCES_OF_LUCK or _is_module_luck(dotted):
                    yield file.relative_to(SOURCE).as_posix(), dotted, node.lineno


def _may_use(text: str) -> bool:
    """Whether all words of a source stand in it, whatever they are imported as: to parse a file takes much longer."""
    words = set(_WORD.findall(text))
    return any(words.issuperset(parts) for parts in _WORDS_OF_SOURCES)


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each name that was imported from a package of interest stands for."""
    names: dict[str, str] = {}
    for node in nodes_of(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in PACKAGES}
        elif isinstance(node, ast.ImportFrom) and node.module in PACKAGES and node.level == 0:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _annotations(tree: ast.Module) -> set[int]:
    """The nodes that only say what type something has."""
    found: set[int] = set()
    for node in nodes_of(tree):
        places = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        for place in places:
            if isinstance(place, ast.AST):
                found |= {id(part) for part in nodes_of(place)}
    return found


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    """The full name of what is used; empty if it does not come from a package of interest."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and (base := _dotted(node.value, names)):
        return f"{base}.{node.attr}"
    return ""


def _is_module_luck(dotted: str) -> bool:
    """Whether it is a function of `random` itself, which nobody seeds, or one of `secrets`."""
    package, _, name = dotted.partition(".")
    return package in {"random", "secrets"} and name.islower() and "." not in name


def test_nobody_asks_the_operating_system_for_time_or_luck_without_a_reason() -> None:
    strangers = [f"{file}:{line} uses {name}" for file, name, line in uses() if (file, name) not in ALLOWED]

    assert strangers == []


def test_every_exception_is_still_needed() -> None:
    assert set(ALLOWED) - {(file, name) for file, name, _ in uses()} == set()
