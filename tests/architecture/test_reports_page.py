from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_which_report_types_are_made_stands_in_the_docs() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "tools.report_types", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (checked.stderr, checked.returncode) == ("", 0)
