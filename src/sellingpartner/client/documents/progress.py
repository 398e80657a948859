"""How far a job is: what its `on_progress` is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

Stage: TypeAlias = Literal["uploading", "created", "waiting", "downloading", "done"]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a job stands. `created` is the moment to write the id down: with it a crashed job goes on."""

    stage: Stage
    job_id: str | None = None
    """The report's, feed's or query's id; None until it has one."""
    status: str | None = None
    """What Amazon called the state when it was last asked: IN_QUEUE, IN_PROGRESS, DONE."""
    bytes_done: int = 0
    """How much of the document has been sent or received, as it travels: packed, if it is."""
    bytes_total: int | None = None


OnProgress: TypeAlias = Callable[[Progress], object]
