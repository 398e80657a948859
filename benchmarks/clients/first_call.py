"""From nothing to a first answer: `python -m benchmarks.clients.first_call CLIENT`, in a process that has done no more.

It prints the seconds of the import, of making the client, and of the first call, in which the token is fetched by all
that did not fetch it before. It imports nothing else that a client might be glad to find there.
"""

from __future__ import annotations

import sys
from importlib import import_module
from time import perf_counter

from benchmarks.clients.access import ORDER_ID, from_environment


def main() -> None:
    """Take the time of each."""
    access = from_environment()
    began = perf_counter()
    module = import_module(f"benchmarks.clients.blocking.{sys.argv[1]}")
    imported = perf_counter()
    client = module.connect(access, throttled=False)
    made = perf_counter()
    found = client.get_order(ORDER_ID)
    answered = perf_counter()
    if found != ORDER_ID:
        raise SystemExit(f"The answer names the order {found!r}.")
    print(imported - began, made - imported, answered - made)


if __name__ == "__main__":
    main()
