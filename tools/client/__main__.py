"""Writes the client's resources from the contract.

    python -m tools.client

writes a module an API version to `src/sellingpartner/client/resources`, a line an operation, and the list of them
all; `--check` writes nothing and fails if something would change.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tools.client.resources import texts

DEFAULT = Path(__file__).parents[2] / "src" / "sellingpartner" / "client" / "resources"


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m tools.client", description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=DEFAULT, help="the folder to write to")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something would change")
    arguments = parser.parse_args()
    written = {name: _formatted(name, text) for name, text in texts().items()}
    here = {path.name: path.read_text() for path in arguments.into.glob("*.py*")}
    if arguments.check:
        sys.exit("The resources are not what the contract says; run python -m tools.client." if here != written else 0)
    arguments.into.mkdir(exist_ok=True)
    for name in here.keys() - written.keys():
        (arguments.into / name).unlink()
    for name, text in written.items():
        (arguments.into / name).write_text(text)
    print(f"{len(written)} files written to {arguments.into}")


def _formatted(name: str, text: str) -> str:
    """The text as ruff leaves it, with its imports in order."""
    for step in (("check", "--select", "I", "--fix", "--quiet"), ("format", "--quiet")):
        command = [sys.executable, "-m", "ruff", *step, "--stdin-filename", str(DEFAULT / name), "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return text


if __name__ == "__main__":
    main()
