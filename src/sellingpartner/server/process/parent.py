"""The process that started this one, watched."""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process


def end_with_parent() -> None:
    """Wait for the parent's end, and end then: who outlived a killed parent would keep the port and the database."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
