"""`spapi query`: a Data Kiosk query from its text to a file of JSON lines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import App, Parameter

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.cli.shown.bar import Bar
from sellingpartner.cli.shown.output import JsonOnly, print_json_text
from sellingpartner.cli.shown.printing import print_facts
from sellingpartner.cli.shown.writing import print_file

app = App(name="query", help="Questions in GraphQL to Amazon's Data Kiosk about what a seller sold and earned.")

app.command(f"{__package__}.query_lists:list_queries", name="list")
app.command(f"{__package__}.query_lists:show_query", name="show")

_STDIN = _STDOUT = "-"


@app.command
def download(
    query: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    /,
    *,
    to: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    query_id: str | None = None,
    next_token: str | None = None,
    keep: Annotated[bool, FLAG] = False,
    caller: Caller | None = None,
    output: JsonOnly | None = None,
) -> None:
    """Have a query run, wait for it, and write its rows to a file, one JSON object a line.

    Ctrl-C cancels the query, unless --keep is said.

    Args:
        query: Its text in GraphQL, @FILE for one in a file, or - for stdin.
        to: The file, or - for stdout; query.jsonl unless said.
        query_id: A query that was begun before: it is waited for and fetched.
        next_token: What an earlier part of the same query said comes next.
        keep: Let Amazon go on with the query when this is interrupted.
        caller: Who calls.
        output: How the result is printed.
    """
    caller, output = caller or Caller(), output or JsonOnly()
    if (query is None) == (query_id is None):
        message = "Which query? Say its text, @FILE or -, or else --query-id."
        raise CannotDo(message)
    path = None if to == _STDOUT else _path(to)
    with caller.client() as client, Bar("query") as bar:
        asked: dict[str, Any] = {"to": path, "on_progress": bar, "keep": keep}
        said = {"deadline": caller.deadline, "next_token": next_token, "query_id": query_id}
        asked |= {name: value for name, value in said.items() if value is not None}
        document = client.data_kiosk.download(None if query is None else _text(query), **asked)
    if path is None:
        with document:
            print_file(document.path, document.charset)
        return
    facts = {"query_id": document.query_id, "file": str(document.path), "bytes": document.size}
    if document.next_token is not None:
        facts["next_token"] = document.next_token
    if output.json:
        print_json_text(msgspec.json.encode(facts))
    else:
        print_facts(facts.items())


def _text(query: str) -> str:
    if query == _STDIN:
        return sys.stdin.read()
    if not query.startswith("@"):
        return query
    try:
        return Path(query[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise CannotDo(f"{query[1:]!r} cannot be read: {reason}.") from reason


def _path(to: str | None) -> Path:
    if to is not None:
        return Path(to)
    path = Path("query.jsonl")
    if path.exists():
        message = f"{str(path)!r} is there already; say --to where the rows go."
        raise CannotDo(message)
    return path
