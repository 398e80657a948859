"""The two kinds of option that repeat: a flag without its opposite, and one that is given several times."""

from __future__ import annotations

from cyclopts import Parameter

FLAG = Parameter(negative="", show_default=False)
SEVERAL = Parameter(negative="", consume_multiple=False, show_default=False)
