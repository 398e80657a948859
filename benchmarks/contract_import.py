"""How long the contract takes to import: each API after msgspec and our forms, and all of them in one process.

    python benchmarks/contract_import.py [ROUNDS]

Every import is timed in a process of its own, with compiled files in place; the best of the rounds counts.
"""

from __future__ import annotations

import subprocess
import sys

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


def seconds(names: list[str], before: str, rounds: int) -> float:
    """The best time of importing these modules after `before`."""
    program = TIMED.format(before=before)
    command = [sys.executable, "-c", program, *names]
    runs = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(rounds))
    return min(float(run.stdout) for run in runs)


def main() -> None:
    """Print the times, the slowest API first."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    listing = "from sellingpartner.contract.registry import modules; print(*modules())"
    names = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()
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
