"""Takes the picture of `spapi fulfill` that README shows: a real run, in a terminal, against a market on this machine.

python -m tools.terminal_picture            # write docs/images/fulfill.svg
python -m tools.terminal_picture FILE       # look first
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from sellingpartner.market.orders.canceling import request_cancellation
from sellingpartner.server.process.credentials import ready_credentials
from sellingpartner.testing import TestMarket, on_a_socket

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "fulfill.svg"
PAGE = PICTURE.parents[1] / "fulfillment.md"
WIDTH, HEIGHT = 128, 40
COMMANDS = (
    "spapi fulfill --ship-from warehouse.toml --box 10x8x4 --weight 20 --dry-run",
    "spapi fulfill --ship-from warehouse.toml --box 10x8x4 --weight 20",
    "spapi fulfill --ship-from warehouse.toml --box 10x8x4 --weight 20",
)
_CONTROL = re.compile(r"\x1b\[\?25[lh]|\r\n|\r|\n|\x1b\[(\d*)A|\x1b\[2K|\x1b\[[0-9;]*m|[^\x1b\r\n]+")
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


def main() -> None:
    """Take the picture."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    with TemporaryDirectory(prefix="sellingpartner-picture-") as name:
        shown = _session(Path(name))
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor")
    for line in shown:
        console.print(Text.from_ansi(line), soft_wrap=True)
    target.write_text(console.export_svg(title="spapi fulfill"))
    print(f"{target}: {target.stat().st_size:,} bytes")


def _session(folder: Path) -> list[str]:
    """What the terminal shows of all commands."""
    market = TestMarket(f"sqlite:///{folder / 'market.db'}", at=datetime.now(UTC).replace(microsecond=0))
    bought = [market.buys(sku, quantity=units) for sku, units in (("MUG-BLUE", 2), ("MUG-RED", 1), ("MUG-BLUE", 1))]
    with market.market.write(market.seller_account.seller_id) as unit:
        request_cancellation(unit, bought[1], reason="Ordered by mistake")
    market.advance(minutes=5)
    found = re.search(r"^```toml\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    if found is None:
        sys.exit(f"{PAGE} shows no sender")
    (folder / "warehouse.toml").write_text(found[1])
    shown: list[str] = []
    with on_a_socket(market.server) as address:
        ready_credentials(market.market, folder / ".spapi" / "credentials.env", address)
        for command in COMMANDS:
            shown += ["", f"\x1b[1m$ {command}\x1b[0m"] if shown else [f"\x1b[1m$ {command}\x1b[0m"]
            shown += _on_screen(_said(command, folder))
    market.close()
    return shown


def _said(command: str, folder: Path) -> str:
    """What a command writes to a terminal of this size."""
    ours, its = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SP_API_", "SPAPI_"))}
    environment |= {"COLUMNS": str(WIDTH), "LINES": str(HEIGHT), "TERM": "xterm-256color", "HOME": str(folder)}
    words = [sys.executable, "-m", "sellingpartner.cli", *shlex.split(command)[1:]]
    process = subprocess.Popen(words, stdin=its, stdout=its, stderr=its, cwd=folder, env=environment)  # noqa: S603
    os.close(its)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux: it has ended
            break
        if not piece:
            break
        said += piece
    process.wait()
    os.close(ours)
    return said.decode()


def _on_screen(said: str) -> list[str]:
    """The lines that are left once everything was drawn; colors stay in them."""
    lines, row = [""], 0
    for found in _CONTROL.finditer(said):
        mark = found[0]
        if mark in {"\r\n", "\n"}:
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif mark.endswith("A") and mark.startswith("\x1b"):
            row = max(0, row - int(found[1] or 1))
        elif mark == "\x1b[2K":
            lines[row] = ""
        elif mark != "\r" and "?25" not in mark:
            lines[row] += mark
    while lines and not _COLOR.sub("", lines[-1]).strip():
        lines.pop()
    return lines


if __name__ == "__main__":
    main()
