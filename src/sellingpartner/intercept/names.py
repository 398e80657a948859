"""Amazon's names by a hosts file of the program's own, for what heeds neither a proxy nor a shim. Linux alone.

The file lies over /etc/hosts in a mount namespace that the program and what it starts are in, and nobody else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from sellingpartner.contract.hosts import HOSTS
from sellingpartner.intercept.failures import CannotIntercept
from sellingpartner.intercept.folders import write

PORT = 443
_HOSTS = Path("/etc/hosts")
_HERE = "127.0.0.1"
_IN_PLACE = 'mount --bind "$1" /etc/hosts && shift && exec "$@"'
_PATIENCE_SECONDS = 10


def hosts_file(before: str) -> str:
    """A hosts file: what is in one, and Amazon's hosts on this machine. The first line that has a name counts."""
    lines = [f"{_HERE} {host}" for host in sorted(HOSTS)]
    return "\n".join([*lines, before.rstrip("\n"), ""])


def under_names(command: Sequence[str], folder: Path) -> list[str]:
    """The command that runs a command under those names; raises `CannotIntercept` where that is not allowed."""
    unshare = which("unshare")
    if sys.platform != "linux" or unshare is None:
        message = "--names needs Linux and its command unshare; without --names the proxy and the shims still lead."
        raise CannotIntercept(message)
    before = _HOSTS.read_text(encoding="utf-8") if _HOSTS.is_file() else ""
    hosts = write(folder / "hosts", hosts_file(before).encode())
    as_user = [] if os.geteuid() == 0 else ["--user", "--map-current-user", "--keep-caps"]
    within = [unshare, *as_user, "--mount", "sh", "-c", _IN_PLACE, "sh", str(hosts)]
    tried = subprocess.run(  # noqa: S603 - unshare, and what is written above
        [*within, "true"], capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False
    )
    if tried.returncode:
        said = " ".join(tried.stderr.split()) or "no reason is given"
        message = f"--names is not allowed here ({said}); without --names the proxy and the shims still lead."
        raise CannotIntercept(message)
    return [*within, *command]
