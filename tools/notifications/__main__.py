"""Writes the contract's notifications from a folder of Amazon's published schemas.

    python -m tools.notifications ../shared/models/schemas/notifications

writes a module a notification type to `src/sellingpartner/contract/notifications`, or to the folder that `--into`
names. Which types and versions there are stands in `types.csv`, and where the schemas are known to be wrong in
`corrections.toml`, both beside this module.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.notifications.modules import write

DEFAULT = Path(__file__).parents[2] / "src" / "sellingpartner" / "contract" / "notifications"


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m tools.notifications", description=__doc__.splitlines()[0])
    parser.add_argument("schemas", type=Path, help="the folder of published schemas")
    parser.add_argument("--into", type=Path, default=DEFAULT, help="the folder to write to")
    arguments = parser.parse_args()
    written = write(arguments.schemas, arguments.into)
    print(f"{len(written)} files written to {arguments.into}")


if __name__ == "__main__":
    main()
