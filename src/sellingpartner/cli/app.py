"""The commands put together, and what their failures become: a line on stderr and an exit code.

0 done, 1 the API or the market refused, 2 wrong usage, nobody there, or no time for it. A command's module is imported
when it is its turn: those that call Amazon need nothing of the server.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError, Group

from sellingpartner.cli.failures import CannotDo, Refused
from sellingpartner.cli.installed import what_is_needed
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.cli.usage import usage_of, wrong_use
from sellingpartner.contract import errors
from sellingpartner.terminal import harmless

REFUSED = 1
UNUSABLE = 2
_INTERRUPTED = 130
_NOT_LET_IN = (errors.AuthorizationRevoked, errors.LoginFailed)
_NOT_CALLED = (errors.ConnectionFailed, errors.DeadlineExceeded, errors.NotConfigured)
_USED_WRONGLY = errors.InvalidArgument.code

_UNKNOWN_SKU = re.compile(
    r"\bSKU '.*' not found|no listing with SKU|is an invalid SKU for|does not list SKU|of SKU '|lists no such SKU"
)

_WHERE_TO_LOOK = (
    (_UNKNOWN_SKU, "`spapi listing list` lists a market's SKUs, `spapi call searchListingsItems` a seller's."),
    (re.compile(r"\bThere is no seller "), "`spapi seller list` lists them."),
    (re.compile(r"\bThere is no order \S+\."), "`spapi orders list` lists a seller's."),
    (re.compile(r"\bThere is no fulfillment order "), "`spapi outbound list` lists a seller's."),
    (re.compile(r"\bThere is no report '"), "`spapi report list` lists them."),
    (re.compile(r"\bThere is no feed '"), "`spapi feed list` lists them."),
    (re.compile(r"\bThere is no query '"), "`spapi query list` lists them."),
    (re.compile(r"\bThere is no competitor "), "`spapi offer list SKU` lists those of an item."),
    (re.compile(r"\b[Tt]he catalog( of marketplace \S+)? has no item "), "`spapi product list WORD` finds items."),
    (re.compile(r"\bThere is no grant "), "`spapi grant list` lists them."),
    (re.compile(r"\bThere is no supply source "), "`spapi supply list` lists a seller's."),
    (
        re.compile(r"\bThere is no AWD order |\b(Inbound shipment|Order) '.*' does not exist"),
        "`spapi awd list` lists them.",
    ),
    (re.compile(r"\b(Job not found for jobId|No job exist with jobId) "), "`spapi service list` lists a seller's."),
    (re.compile(r"\bThere is no service resource "), "`spapi service resources` lists a seller's."),
    (re.compile(r"\bThere is no subscription "), "`spapi subscription list` lists a seller's."),
    (re.compile(r"\bThere is no promotion "), "`spapi promotion list` lists a seller's."),
    (re.compile(r"\bThere is no removal order "), "`spapi removal list` lists a seller's."),
    (re.compile(r"\bThere is no restriction "), "`spapi restriction list` lists them."),
    (re.compile(r"\bThere is no application "), "`spapi application list` lists them."),
    (re.compile(r"\bThere is no call "), "`spapi requests --json` shows their requestId."),
    (re.compile(r"\bThere is no fault rule "), "`spapi fault list` lists them."),
    (re.compile(r"\bThere is no delivery "), "`spapi notifications list` lists them."),
    (re.compile(r"\bThere is no settlement period "), "`spapi money periods` lists them."),
    (re.compile(r"\bThere is no payout "), "`spapi money payouts` lists them."),
    (re.compile(r"\bThere is no parcel "), "`spapi shipment list` lists them, `--order ID` those of an order."),
)
"""Of what is not there: the command that shows what is."""

_CALLING = Group("Calling Amazon, or a market", sort_key=1)
_MARKET = Group("A market of your own", sort_key=2)
_OTHERS = Group("Others", sort_key=3)

app = App(
    name="spapi",
    help=(
        "Amazon's Selling Partner API from the command line, and a marketplace of your own that speaks it.\n\n"
        "To call Amazon, begin with `spapi auth show`. For a market, begin with `spapi serve`; then, in another"
        " terminal, `spapi order place` and `spapi status`."
    ),
    version_flags=["--version"],
    suppress_keyboard_interrupt=False,  # what was interrupted may have something to say
)
_COMMANDS = {
    _CALLING: {
        "call": "calling.call:app",
        "operations": "calling.operations:operations",
        "orders": "calling.seller_orders:app",
        "fulfill": "calling.fulfill:fulfill",
        "report": "calling.report:app",
        "query": "calling.query:app",
        "feed": "calling.feed:app",
        "auth": "calling.auth:app",
    },
    _MARKET: {
        "serve": "running.serving:serve",
        "run": "running.run:run",
        "env": "running.env:env",
        "proxy": "running.proxy:proxy",
        "status": "watching.status:status",
        "seller": "access.sellers:app",
        "application": "access.applications:app",
        "grant": "access.grants:app",
        "user": "access.users:app",
        "audit": "access.audit:audit",
        "order": "buying.orders:app",
        "shipment": "buying.shipments:app",
        "product": "listing.products:app",
        "listing": "listing.listings:app",
        "stock": "stocking.stock:app",
        "outbound": "stocking.outbound:app",
        "removal": "stocking.removals:app",
        "offer": "listing.offers:app",
        "promotion": "listing.promotions:app",
        "invoicing": "paying.invoicing:app",
        "store": "stocking.stores:app",
        "service": "buying.services:app",
        "subscription": "buying.subscriptions:app",
        "supply": "stocking.supply:app",
        "awd": "stocking.distribution:app",
        "inbound": "stocking.inbound:app",
        "app-notification": "access.app_notifications:app",
        "feedback": "buying.feedback:app",
        "message": "buying.messages:app",
        "restriction": "listing.restrictions:app",
        "fees": "paying.fees:fees",
        "money": "paying.money:app",
        "notifications": "watching.notifications:app",
        "clock": "running.clock:app",
        "fault": "running.faults:app",
        "sandbox": "running.sandbox:app",
        "world": "running.world:app",
        "scenario": "running.scenario:app",
        "requests": "watching.calls:requests",
        "explain": "watching.explain:explain",
        "lint": "watching.lint:lint",
        "listen": "watching.listening:listen",
        "trigger": "watching.triggering:trigger",
        "token": "access.token:token",
    },
    _OTHERS: {"contract": "calling.contract:app", "completion": "completion:completion"},
}
for _flag in ("--help", "-h", "--version"):
    app[_flag].group = _OTHERS
for _group, _commands in _COMMANDS.items():
    for _name, _place in _commands.items():
        app.command(f"{__package__}.{_place}", name=_name, group=_group)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        _import_what_is_listed(arguments)
        app(list(arguments), exit_on_error=False, print_error=False, result_action="return_none")
    except CycloptsError as wrong:
        code = _fail(wrong_use(wrong), UNUSABLE)
        print_aside(usage_of(app, wrong.command_chain or ()).removesuffix("\n"))
        return code
    except (CannotDo, ImportError) as reason:
        return _fail(_needed(reason) if isinstance(reason, ImportError) else str(reason), UNUSABLE)
    except Refused as reason:
        return _fail(str(reason), REFUSED)
    except errors.SellingPartnerError as refusal:
        is_unusable = isinstance(refusal, _NOT_CALLED) or refusal.code == _USED_WRONGLY
        return _fail(_words(refusal), UNUSABLE if is_unusable else REFUSED)
    except KeyboardInterrupt as interrupted:
        for told in getattr(interrupted, "__notes__", ()):  # such as what was canceled, or how to go on
            print_aside(told)
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output, such as `head`, has seen enough.
        sys.stdout = None
    return 0


def _import_what_is_listed(arguments: Sequence[str]) -> None:
    """Import the commands of a group that is about to list them: each says itself what it is for."""
    named = [word for word in arguments if word not in app.help_flags]
    if not named:
        group = app
    elif len(named) == 1 and named[0] in app:
        group = app[named[0]]
    else:
        return
    _ = [group[name] for name in group]


def _needed(failed: ImportError) -> str:
    """What a command lacks that `[cli]` does not install; raises the failure again where it is another one."""
    missing: BaseException | None = failed
    while missing is not None and not isinstance(missing, ModuleNotFoundError):
        missing = missing.__cause__
    if missing is None or not missing.name or missing.name.startswith(f"{__package__.partition('.')[0]}."):
        raise failed
    return what_is_needed("This command", [missing.name])


def _words(refusal: errors.SellingPartnerError) -> str:
    """The refusal in one line, with what a person at a terminal can do about it."""
    told = " ".join((refusal.told if refusal.operation is None else str(refusal)).split())
    if isinstance(refusal, errors.DeadlineExceeded):
        return f"{told} A longer --deadline lets it wait."
    if isinstance(refusal, errors.ConnectionFailed):
        return f"{told} `spapi auth show` says which address was called."
    if advice := next((advice for pattern, advice in _WHERE_TO_LOOK if pattern.search(told)), None):
        stop = "" if told.endswith((".", "!", "?")) else "."  # Amazon ends some of its sentences without
        return f"{told}{stop} {advice}"
    if isinstance(refusal, _NOT_LET_IN):
        return f"{told} A market of your own renews its credentials when `spapi serve` is started again."
    return told


def _fail(message: str, code: int) -> int:
    print_aside(f"spapi: {harmless(message)}")
    return code
