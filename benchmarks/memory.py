"""The most memory that this process has held, for benchmarks that have a process of their own make something."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_OF_GETRUSAGE = 1 << 20 if sys.platform == "darwin" else 1024
"""Linux counts in kibibytes, macOS in bytes."""


def peak_mebibytes() -> float:
    """The peak of resident memory; where there is no /proc, that of the process before it in this one's place, too.

    What `getrusage` tells is kept when a process becomes another program: a small one that a large one began is told
    as large as that.
    """
    if not _STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _OF_GETRUSAGE
    (said,) = [line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:")]
    return int(said.split()[1]) / 1024
