"""What is secret by its name, and structs that do not show it.

A repr ends up in logs, in tracebacks and in the reports of test runs. `rich` does not ask for the repr but for
`__rich_repr__`, in tracebacks with local variables too; so both are discreet.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

HIDDEN = "****"

_SECRET = re.compile(r"(.*_)?(secret|password|control_key|(access|refresh|data)_token)")


class Discreet:
    """Mixed into a struct, before `Struct`: its repr hides what is secret."""

    __slots__ = ()

    __struct_fields__: ClassVar[tuple[str, ...]]
    secret_besides: ClassVar[frozenset[str]] = frozenset()
    """Fields whose names do not tell that they are secret."""

    def __rich_repr__(self, /) -> list[tuple[str, Any]]:
        """Each field with its value, or with what is shown in its place."""
        fields = [(name, getattr(self, name)) for name in self.__struct_fields__]
        return [(name, HIDDEN if value and self._is_secret(name) else value) for name, value in fields]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({shown})"

    def _is_secret(self, name: str) -> bool:
        return name in self.secret_besides or _SECRET.fullmatch(name) is not None
