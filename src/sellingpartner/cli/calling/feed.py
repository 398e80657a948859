"""`spapi feed`: a file of changes, from here to what became of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import App, Parameter

from sellingpartner.cli.asked.completing import feed_type_words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.cli.shown.bar import Bar
from sellingpartner.cli.shown.output import JsonOnly, print_json_text
from sellingpartner.cli.shown.printing import print_facts, print_table
from sellingpartner.cli.words.pairs import pairs
from sellingpartner.client.documents import FeedFailed, FeedResult

app = App(name="feed", help="Feeds: many changes in one file.")

app.command(f"{__package__}.feed_lists:list_feeds", name="list")
app.command(f"{__package__}.feed_lists:show_feed", name="show")

_STDIN = "-"
_COLUMNS = ("Message", "SKU", "Severity", "Code", "Attribute", "Text")


@Parameter(name="*", group="Feed")
@dataclass(frozen=True)
class How:
    """How the feed is sent, or which one it is."""

    content_type: str | None = None
    "What it is sent as, to the letter; what Amazon says for its type unless said."
    option: Annotated[tuple[str, ...], SEVERAL] = ()
    "A feed option, as NAME=VALUE; repeat it for more."
    feed_id: str | None = None
    "A feed that was submitted before: it is waited for."
    no_wait: Annotated[bool, FLAG] = False
    "Come back as soon as it is submitted."
    keep: Annotated[bool, FLAG] = False
    "Leave it in the queue when this is interrupted."


@app.command
def submit(
    feed_type: Annotated[str | None, Parameter(completer=feed_type_words)] = None,
    file: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    /,
    *,
    how: How | None = None,
    caller: Caller | None = None,
    output: JsonOnly | None = None,
) -> None:
    """Upload a file, submit it as a feed, wait for it, and show what became of it.

    Ctrl-C takes it out of the queue if it is still there, unless --keep is said.

    Args:
        feed_type: Amazon's name for it, such as JSON_LISTINGS_FEED.
        file: What to send, or - for stdin.
        how: How it is sent.
        caller: Who calls.
        output: How the result is printed.
    """
    how, caller, output = how or How(), caller or Caller(), output or JsonOnly()
    if how.feed_id is None and (feed_type is None or file is None):
        message = "Name the feed's type and its file, as in `spapi feed submit JSON_LISTINGS_FEED feed.json`."
        raise CannotDo(message)
    if how.feed_id is not None and file is not None:
        message = f"Feed {how.feed_id} was submitted; to wait for it, give no file."
        raise CannotDo(message)
    try:
        with caller.client() as client, Bar("feed") as bar:
            if how.feed_id is None and client.credentials.marketplace_id is None:
                message = "Which marketplace? Say --marketplace, by country (US) or id, or set SP_API_MARKETPLACE_ID."
                raise CannotDo(message)
            fields = _fields(how, caller) | {"on_progress": bar}
            result = client.feeds.submit(feed_type, None if file is None else _content(file), **fields)
    except FeedFailed as failed:
        _show(failed.result, output)
        raise
    _show(result, output)


def _fields(how: How, caller: Caller) -> dict[str, Any]:
    said = {
        "content_type": how.content_type,
        "feed_options": pairs(how.option, "--option"),
        "feed_id": how.feed_id,
        "deadline": caller.deadline,
    }
    given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    return given | {"wait": not how.no_wait, "keep": how.keep}


def _content(file: str) -> bytes | Path:
    return sys.stdin.buffer.read() if file == _STDIN else Path(file)


def _show(result: FeedResult, output: JsonOnly) -> None:
    if output.json:
        print_json_text(msgspec.json.encode(result))
        return
    counts = {"processed": result.processed, "accepted": result.accepted, "failed": result.failed}
    # Of a file that could not be read, three zeros would look as if it had been.
    known = {name: value for name, value in counts.items() if value is not None and not result.is_unread}
    print_facts([("feed_id", result.feed_id), ("status", result.status), *known.items()])
    if result.messages:
        rows = [
            (one.message_id or "", one.sku or "", one.severity, one.code or "", one.attribute or "", one.text)
            for one in result.messages
        ]
        print_table(_COLUMNS, rows, empty="")
