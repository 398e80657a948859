"""What options of several commands have in common: flags without an opposite, values given several times, statuses."""

from __future__ import annotations

from typing import Literal

from cyclopts import Parameter

FLAG = Parameter(negative="", show_default=False)
SEVERAL = Parameter(negative="", consume_multiple=False, show_default=False)

JobStatus = Literal["IN_QUEUE", "IN_PROGRESS", "DONE", "CANCELLED", "FATAL"]
"""How feeds, reports and queries may stand."""
