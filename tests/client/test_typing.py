from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent / "typing"
ROOT = Path(__file__).parents[2]


def test_a_type_checker_knows_parameters_and_answers_of_both_clients() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--warn-unused-ignores", *map(str, sorted(HERE.glob("*.py")))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.stdout.splitlines()[-1] == "Success: no issues found in 2 source files", checked.stdout
