"""Files of `NAME=value` lines, as shells, direnv and the dotenv libraries read them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkstemp

_OWNER_ONLY = 0o600


def read_env(path: Path) -> dict[str, str]:
    """The values of a file; none if there is no such file."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    values = {}
    for line in text.splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            values[name.strip()] = _unquoted(value.strip())
    return values


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value


def write_env(path: Path, values: Mapping[str, str], comment: str) -> None:
    """Replace a file at once, so that nobody ever reads half of it; only its owner may read it at all."""
    lines = [f"# {comment}", *(f"{name}={shlex.quote(value)}" for name, value in values.items()), ""]
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_OWNER_ONLY)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
