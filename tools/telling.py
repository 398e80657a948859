"""Says in docs/notifications.md which notification types are sent, and which never are.

    python -m tools.telling            # write it
    python -m tools.telling --check    # fail if the page is not as it would be written

What is sent is said where it is sent by: market/notifications/types.toml.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from sellingpartner.market.notifications.types import Workflow, subscribable_types

PAGE = Path(__file__).parent.parent / "docs" / "notifications.md"
BEGIN, END = "<!-- Written by `python -m tools.telling`. -->\n", "<!-- Until here. -->\n"
_TABLE = re.compile(f"(?<={re.escape(BEGIN)}).*?(?={re.escape(END)})", re.DOTALL)
_WORKFLOWS = {Workflow.SQS: "SQS", Workflow.EVENT_BRIDGE: "EventBridge"}


def table() -> str:
    """The part of the page that is written by this."""
    types = subscribable_types()
    rows = [
        f"| `{name}` | {', '.join(kind.versions)} | {_WORKFLOWS[kind.workflow]} | {kind.sent_when} |\n"
        for name, kind in types.items()
        if kind.sent_when
    ]
    never = "".join(
        f"| `{name}` | {kind.never_because or 'its event is not built'} |\n"
        for name, kind in types.items()
        if not kind.sent_when
    )
    return (
        "\n| Type | Versions | Goes to | Sent when |\n|---|---|---|---|\n"
        + "".join(rows)
        + "\nThese may be subscribed to, and are never sent:\n\n| Type | Why |\n|---|---|\n"
        + never
        + "\n"
    )


def page() -> str:
    """The page as it should be."""
    return _TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8"))


def main() -> None:
    """Write the page, or check it."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") != wanted:
            sys.exit("docs/notifications.md is not what the source says; write it anew: python -m tools.telling")
        return
    PAGE.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
