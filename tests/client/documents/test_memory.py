"""A report is never held in memory: what it takes does not grow with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_report_of_64_mebibytes_is_fetched_and_read_in_a_few(kind: type[object]) -> None:
    name = "async" if kind.__name__.startswith("Async") else "sync"
    script = (
        f"import json; from benchmarks.documents import measure; print(json.dumps(measure(64, {name!r})._asdict()))"
    )

    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    measured = json.loads(ran.stdout)
    assert measured["mebibytes"] > 64
    assert measured["rows"] > 300_000
    assert measured["risen_mebibytes"] < 24
