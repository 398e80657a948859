"""What JSON can say, as Python has it once it is decoded; a fraction that is read exactly is a `Decimal`."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | Decimal | str | list[Json] | dict[str, Json] | None"
