"""Says in docs/notifications.md which notification types are sent, and which never are.

    python -m tools.telling            # write it
    python -m tools.telling --check    # fail if the page is not as it would be written

What is sent is said where it is sent by: market/notifications/types.toml.
"""

from __future__ import annotations

from tools.page_part import ROOT, with_part, write_or_check

from sellingpartner.market.notifications.types import Workflow, subscribable_types

PAGE = ROOT / "docs" / "notifications.md"
TOOL = "tools.telling"
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


def main() -> None:
    """Write the page, or check it."""
    write_or_check(PAGE, TOOL, with_part(PAGE, TOOL, table()))


if __name__ == "__main__":
    main()
