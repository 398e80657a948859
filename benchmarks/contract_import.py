"""How long the contract takes to import: each API after msgspec and our forms, and all of them in one process.

    python benchmarks/contract_import.py [ROUNDS]

Every import is timed in a process of its own; the best of the rounds counts. The compiled files are in a folder of
their own, warm after a first run, because a machine may be set not to keep any.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

COMPILED = tempfile.TemporaryDirectory()
FORMS = "import sellingpartner.contract.operation, sellingpartner.contract.scopes, datetime, decimal"
TIMED = """
import sys
from importlib import import_module
from time import perf_counter
{before}
started = perf_counter()
for name in sys.argv[1:]:
    import_module("sellingpartner.contract." + name)
print(perf_counter() - started)
"""


def run(program: str, *arguments: str) -> str:
    """What a program prints, run in a process that keeps compiled files."""
    command = [sys.executable, "-c", program, *arguments]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": COMPILED.name}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def seconds(names: list[str], before: str, rounds: int) -> float:
    """The best time of importing these modules after `before`; the first run, which compiles, does not count."""
    program = TIMED.format(before=before)
    return min([float(run(program, *names)) for _ in range(rounds + 1)][1:])


def main() -> None:
    """Print the times, the slowest API first."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    listing = "from sellingpartner.contract.registry import modules; print(*modules())"
    names = run(listing).split()
    cold, warm = "", FORMS
    times = sorted(((seconds([name], warm, rounds), name) for name in names), reverse=True)
    for warm_seconds, name in times:
        print(f"{name:55} {warm_seconds * 1000:7.1f} ms")
    print(f"{'the slowest with msgspec and the forms':55} {seconds([times[0][1]], cold, rounds) * 1000:7.1f} ms")
    print(f"{'the index of operations':55} {seconds(['registry'], warm, rounds) * 1000:7.1f} ms")
    print(f"{f'all {len(names)} after msgspec and the forms':55} {seconds(names, warm, rounds) * 1000:7.1f} ms")
    print(f"{f'all {len(names)} from nothing':55} {seconds(names, cold, rounds) * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
