"""`spapi call`: any operation of the API, by Amazon's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from cyclopts import App, Parameter

from sellingpartner.cli.asked.choice import Served, choose, newest_first
from sellingpartner.cli.asked.completing import operation_words, parameter_words
from sellingpartner.cli.asked.requests import make_request
from sellingpartner.cli.calling.describe import describe
from sellingpartner.cli.failures import CannotDo, Refused
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.as_sent import AsSent
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.cli.reach.served import served_at
from sellingpartner.cli.reach.walking import Walk, next_token
from sellingpartner.cli.shown.output import Output, note
from sellingpartner.cli.shown.shape import shape_of
from sellingpartner.contract.errors import InvalidInput, NotBuilt, SellingPartnerError, Unauthorized
from sellingpartner.contract.json_values import Json
from sellingpartner.contract.registry import Entry, find, load

app = App(
    name="call",
    help=(
        "Call any operation of the API by Amazon's name.\n\n"
        "`spapi call OPERATION --help` says what an operation takes, `spapi operations WORD` looks for one.\n\n"
        "Parameters and the body's fields are NAME=VALUE, by Amazon's names or Python's: lists with commas or by saying"
        " it again, fields within fields as packageDetail.carrierCode=UPS, JSON as NAME:=JSON. Where versions share a"
        " name, the newest is called (at a market, the newest that it serves), unless --version or orders_v0.getOrder"
        " says which."
    ),
    usage="Usage: spapi call OPERATION [NAME=VALUE...] [OPTIONS]",
    help_flags=[],
    version_flags=[],
)


@Parameter(name="*", group="Operation")
@dataclass(frozen=True)
class Which:
    """Which operation is meant, where its name is not enough, and its body."""

    api: str | None = None
    "The API, such as orders."
    version: str | None = None
    "The API's version, such as v0 or 2026-01-01."
    body: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None
    "The whole body: a file, - for stdin, or JSON."


@Parameter(name="*", group="Pages")
@dataclass(frozen=True)
class Pages:
    """How much of an answer that comes in pages is read; its first page unless said."""

    all: Annotated[bool, FLAG] = False
    "Read every page."
    limit: int | None = None
    "Read pages until there are so many entries."

    @property
    def is_walk(self) -> bool:
        """Whether more than the first page is wanted."""
        return self.all or self.limit is not None


@app.default
def call(
    operation: Annotated[str | None, Parameter(completer=operation_words)] = None,
    /,
    *arguments: Annotated[str, Parameter(completer=parameter_words)],
    which: Which | None = None,
    pages: Pages | None = None,
    help_: Annotated[bool, Parameter(name=["--help", "-h"], negative="", show_default=False)] = False,
    caller: Caller | None = None,
    output: Output | None = None,
) -> None:
    """Call an operation.

    Args:
        operation: Amazon's name, such as getOrders; orders_v0.getOrders says which version.
        arguments: What it takes: NAME=VALUE or NAME:=JSON.
        which: Which operation.
        pages: How much of it.
        help_: Say what the operation takes.
        caller: Who calls.
        output: How the answer is printed.
    """
    which, pages, caller, output = which or Which(), pages or Pages(), caller or Caller(), output or Output()
    if operation is None:
        if not help_:
            message = "Name an operation, such as getMarketplaceParticipations; `spapi operations` lists them."
            raise CannotDo(message)
        app.help_print([])
        return
    asked = cache(lambda: served_at(caller))
    entry, others = choose(operation, which.api, which.version, served=asked)
    if newest_first((entry, *others))[0] is not entry:
        note(_chosen(entry, others))
    if help_:
        describe(entry)
        return
    shape = shape_of(entry)
    output.check(shape)
    _check_pages(entry, pages)
    as_sent = AsSent()
    try:
        with caller.client(as_sent) as client:
            request = make_request(entry, arguments, which.body, client.credentials.marketplace_id)
            if pages.is_walk:
                walk = Walk(client, as_sent, request, shape)
                output.show_entries(walk.entries(pages.limit), shape)
            else:
                client.send(request)
                is_done = entry.method != "GET" and not as_sent.json  # {} says no more than no body
                output.show(None if is_done else as_sent.json, as_sent.body, shape)
                _check_submission(as_sent.json)
                if next_token(request, as_sent.json):
                    note("There are more pages; --all reads them.")
    except NotBuilt as refusal:
        refusal.advice = _served_instead(entry, asked())
        raise
    except (Unauthorized, InvalidInput) as refusal:
        if _says_little(refusal) and asked() is not None:
            refusal.advice = "`spapi requests --refused` says why."
        raise


def _chosen(entry: Entry, others: Sequence[Entry]) -> str:
    """Which of several versions is called, where it is not the newest."""
    choices = " or ".join(f"--version {other.version}" for other in others)
    return f"{entry.name} of {entry.api} {entry.version}, the newest that this market serves; {choices} is another."


def _says_little(refusal: SellingPartnerError) -> bool:
    """Whether a market that answers in Amazon's words knows more than they say."""
    return not refusal.details and (type(refusal) is Unauthorized or refusal.message == "Invalid Input")


def _check_submission(answer: Json) -> None:
    """A submission that is INVALID is answered with 200, and nothing of it was kept."""
    if isinstance(answer, dict) and answer.get("status") == "INVALID" and "submissionId" in answer:
        message = "The submission is INVALID: nothing of it is kept; its issues say what to put right."
        raise Refused(message)


def _served_instead(entry: Entry, served: Served) -> str:
    """What to call where a market does not serve this."""
    twins = [twin for twin in find(entry.name) if twin.api == entry.api and served is not None and twin.key in served]
    if twins:
        return f"It serves {' and '.join(f'{twin.module}.{twin.name}' for twin in twins)}."
    return "`spapi operations --served` lists what it serves."


def _check_pages(entry: Entry, pages: Pages) -> None:
    if pages.is_walk and load(entry).operation.pages is None:
        message = f"{entry.name} has no pages; leave {'--all' if pages.all else '--limit'} out."
        raise CannotDo(message)
    if pages.limit is not None and pages.limit < 1:
        message = f"--limit is {pages.limit}; it must be 1 or more."
        raise CannotDo(message)
