"""The command `spapi`: calls Amazon or a market, serves a market, and drives a running one over HTTP."""

from __future__ import annotations

import sys
from importlib.util import find_spec

_MISSING = (
    "spapi needs more than the client; install it with:"
    " pip install 'sellingpartner[cli]' (or [server], to serve a market)"
)


def main() -> None:
    """Run the command with the arguments that it was given, and end with its exit code."""
    if find_spec("cyclopts") is None or find_spec("rich") is None:
        sys.stderr.write(f"{_MISSING}\n")
        sys.exit(2)
    # Only where they are installed: a client's install has neither.
    from sellingpartner.cli.app import run  # noqa: PLC0415

    sys.exit(run(sys.argv[1:]))
