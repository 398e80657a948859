"""The server opens no connection because somebody named an address, but for one place, which carries notifications."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.fidelity import nodes_of, parsed

import sellingpartner

SOURCE = Path(sellingpartner.__file__).parent
SERVING = ("contract", "market", "server", "storage")
OPENERS = frozenset(
    {
        *("aiohttp", "boto3", "botocore", "ftplib", "http.client", "httpx", "httpx2", "requests", "smtplib"),
        *("socket", "socketserver", "subprocess", "urllib.request", "urllib3", "xmlrpc"),
    }
)

ALLOWED = {
    ("server/process/carriers/aws.py", "boto3"): "sends to the queues and event buses of applications",
    ("server/process/carriers/aws.py", "botocore"): "says what went wrong with it",
    ("server/process/carriers/webhooks.py", "http.client"): "says a message in HTTP to an application's webhook",
    ("server/process/carriers/webhooks.py", "socket"): "connects to a webhook's one address that was looked at",
    ("server/process/severing.py", "socket"): "resets a connection that somebody made to the market, for a fault",
    ("server/process/opening.py", "socket"): "tries the port that it is to be served on",
    ("server/process/only_one.py", "socket"): "holds the port that it is to be served on against other markets",
    ("server/process/credentials.py", "socket"): "asks whether the market of its own credentials file is open",
}


def openers() -> Iterator[tuple[str, str]]:
    """Every import of what opens connections: the file, and what."""
    for folder in SERVING:
        for file in sorted((SOURCE / folder).rglob("*.py")):
            for name in _imports(parsed(file)):
                found = [one for one in OPENERS if name == one or name.startswith(f"{one}.")]
                yield from ((file.relative_to(SOURCE).as_posix(), one) for one in found)


def _imports(tree: ast.Module) -> Iterator[str]:
    """The modules that are imported, by name as well."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func).endswith("import_module"):
            yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def _name(called: ast.expr) -> str:
    """The last part of the name of what is called."""
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_connections_are_opened_in_known_places_alone() -> None:
    assert set(openers()) == set(ALLOWED)
