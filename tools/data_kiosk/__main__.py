"""Writes the Data Kiosk's schemas from a folder of Amazon's published ones: names and types, without their words.

    python -m tools.data_kiosk ../shared/models/schemas/data-kiosk

writes a schema a dataset for sellers to `src/sellingpartner/market/data_kiosk/schemas`, or to the folder that `--into`
names. A dataset that Amazon has taken off its pages is made of the one that took its place; `older.toml` says what it
did not have.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.data_kiosk.schemas import write

DEFAULT = Path(__file__).parents[2] / "src" / "sellingpartner" / "market" / "data_kiosk" / "schemas"


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m tools.data_kiosk", description=__doc__.splitlines()[0])
    parser.add_argument("schemas", type=Path, help="the folder of published schemas")
    parser.add_argument("--into", type=Path, default=DEFAULT, help="the folder to write to")
    arguments = parser.parse_args()
    written = write(arguments.schemas, arguments.into)
    print(f"{len(written)} files written to {arguments.into}")


if __name__ == "__main__":
    main()
