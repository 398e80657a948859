"""Prism, the mock server that people use today: it answers `getOrder` from the examples of Amazon's own model.

It is installed by npm into `.benchmarks/` once, in a pinned version, and told to say nothing, which is how it is
fastest. Without node, npm or the folder of models it is left out, and the table says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

VERSION = "5.16.0"

_ROOT = Path(__file__).parents[1]
_CACHE = _ROOT / ".benchmarks" / f"prism-{VERSION}"
_MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", _ROOT.parent / "shared" / "models" / "openapi"))
_MODEL = _MODELS / "orders-api-model" / "ordersV0.json"
_PROGRAM = _CACHE / "node_modules" / ".bin" / "prism"


class NoPrism(Exception):
    """Prism cannot run here; the message says why."""


def command(port: int) -> list[object]:
    """The command that serves Amazon's orders model; raises `NoPrism`."""
    if not _MODEL.is_file():
        message = f"no model at {_MODEL}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them"
        raise NoPrism(message)
    if not _PROGRAM.exists():
        _install()
    return [_PROGRAM, "mock", "--host", "127.0.0.1", "--port", str(port), "--verboseLevel", "silent", _MODEL]


def _install() -> None:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        message = "node and npm are not installed"
        raise NoPrism(message)
    _CACHE.mkdir(parents=True, exist_ok=True)
    install = [npm, "install", "--prefix", str(_CACHE), "--no-audit", "--no-fund", f"@stoplight/prism-cli@{VERSION}"]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"npm could not install it: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"
        raise NoPrism(message)
