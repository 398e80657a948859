"""Writes the contract's modules from a folder of Amazon's published models.

    python -m tools.contract ../shared/models/openapi

takes a folder of models (one folder an API, as in Amazon's repository) and writes a module an API version to
`src/sellingpartner/contract`, or to the folder that `--into` names. What the models do not say comes from
`operations.csv` (rates, scopes, roles) and `summaries.toml` (our sentence for each operation) beside this module;
what each class and field is called is decided in `sellingpartner.contract.published`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.contract.contract import write

DEFAULT = Path(__file__).parents[2] / "src" / "sellingpartner" / "contract"


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m tools.contract", description=__doc__.splitlines()[0])
    parser.add_argument("models", type=Path, help="the folder of published models")
    parser.add_argument("--into", type=Path, default=DEFAULT, help="the folder to write to")
    arguments = parser.parse_args()
    written = write(arguments.models, arguments.into)
    print(f"{len(written)} files written to {arguments.into}")


if __name__ == "__main__":
    main()
