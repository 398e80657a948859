"""The endpoint of the pages: which address is answered by what, and how a request that fails becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from time import perf_counter
from uuid import uuid4

import msgspec
import structlog

from sellingpartner.contract.errors import SellingPartnerError, ServiceUnavailable
from sellingpartner.market.accounts.calls import Call
from sellingpartner.market.accounts.consent import ConsentRefused
from sellingpartner.server.authorization.asking import ConsentRedirect
from sellingpartner.server.console import (
    applications,
    approvals,
    audit,
    consent,
    deliveries,
    developer,
    operating,
    places,
    registering,
    sign_in,
    store,
    wallet,
)
from sellingpartner.server.console.cookies import key_in
from sellingpartner.server.console.fields import fields_of, form_of
from sellingpartner.server.console.operators_door import OperatorsDoor
from sellingpartner.server.console.rendering import KEPT, kept_file, redirect
from sellingpartner.server.console.troubles import (
    DEFECT,
    NO_PAGE,
    SignInFirst,
    Trouble,
    trouble_of,
    wrong_method,
)
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window.addresses import WINDOW
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.gateway.errors import RETRY_AFTER_SECONDS
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.journal import without_values
from sellingpartner.server.gateway.routes import Routes
from sellingpartner.storage.anew import anew
from sellingpartner.storage.events import CAUSE

log = structlog.get_logger(__name__)

PREFIXES = ("/console", "/apps/", "/hz/")
"""What begins like this is answered here."""

Page = Callable[[Visit], HttpAnswer]
_API = "console"
_REFUSED = 400

_PAGES: tuple[tuple[str, str, Page], ...] = (
    ("GET", places.CONSENT, consent.show),
    ("POST", places.CONSENT, consent.decide),
    ("GET", f"{places.CONFIRM}{{application}}", store.confirm),
    ("GET", f"{places.STORE}{{application}}", store.show),
    ("POST", f"{places.STORE}{{application}}", store.decide),
    ("GET", places.CONSOLE, sign_in.home),
    ("GET", f"{places.CONSOLE}/", sign_in.home),
    ("GET", places.SIGN_IN, sign_in.show),
    ("POST", places.SIGN_IN, sign_in.sign_in),
    ("POST", places.SIGN_OUT, sign_in.sign_out),
    ("POST", places.OPERATOR, operating.enter),
    ("GET", places.APPLICATIONS, applications.show_all),
    ("GET", f"{places.APPLICATIONS}/{{application}}", applications.show),
    ("POST", f"{places.APPLICATIONS}/{{application}}/narrow", applications.narrow),
    ("GET", f"{places.APPLICATIONS}/{{application}}/revoke", applications.ask_to_revoke),
    ("POST", f"{places.APPLICATIONS}/{{application}}/revoke", applications.revoke),
    ("GET", places.APPROVAL, approvals.show),
    ("POST", places.APPROVAL, approvals.ask),
    ("GET", places.WALLET_APPROVAL, wallet.show),
    ("POST", places.WALLET_APPROVAL, wallet.approve),
    ("GET", places.DEVELOPER, developer.show_all),
    ("GET", f"{places.DEVELOPER}/register", registering.ask_to_register),
    ("POST", f"{places.DEVELOPER}/register", registering.register),
    ("GET", f"{places.DEVELOPER}/{{application}}", developer.show),
    ("GET", f"{places.DEVELOPER}/{{application}}/edit", registering.ask_to_change),
    ("POST", f"{places.DEVELOPER}/{{application}}/edit", registering.change),
    ("POST", f"{places.DEVELOPER}/{{application}}/secrets", registering.rotate),
    ("POST", f"{places.DEVELOPER}/{{application}}/queue", registering.register_queue),
    ("GET", f"{places.DEVELOPER}/{{application}}/notifications", deliveries.show),
    ("POST", f"{places.DEVELOPER}/{{application}}/notifications", deliveries.retry),
    ("POST", f"{places.DEVELOPER}/{{application}}/self-authorize", registering.self_authorize),
    ("GET", "/console/audit.csv", audit.csv_file),
    ("GET", "/console/audit.jsonl", audit.json_lines),
)


class Routed(msgspec.Struct, frozen=True):
    """A page with the pattern of its address, by which the log knows it."""

    template: str
    page: Page


class Console:
    """Answers the pages of one market: each for whoever may see it, and all of them for its operator."""

    def __init__(self, desk: Desk, control_key: str | None = None, *, is_public: bool = False) -> None:
        self._desk = desk
        self._door = OperatorsDoor(control_key, is_public=is_public)
        self._routes = _routes()

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer one request with a page; never raises."""
        started, request_id = perf_counter(), str(uuid4())
        # A HEAD is a GET whose answer loses its body.
        method = "GET" if request.method == "HEAD" else request.method
        if method == "GET" and request.path in KEPT:
            return kept_file(request)
        found = self._routes.find(method, request.path)
        routed, values = (None, []) if found is None else found
        visit = Visit(desk=self._desk, door=self._door, request=request, values=values, key=key_in(request))
        answer = self._serve(visit, method, routed, request_id)
        answer.headers += visit.headers
        answer.headers.append(("x-amzn-RequestId", request_id))
        self._log(visit, routed, request_id, answer.status, (perf_counter() - started) * 1000)
        return HttpAnswer(answer.status, b"", answer.headers) if request.method == "HEAD" else answer

    def _serve(self, visit: Visit, method: str, routed: Routed | None, request_id: str) -> HttpAnswer:
        cause = CAUSE.set(request_id)
        try:
            return self._page(visit, method, routed)
        except (SignInFirst, ConsentRedirect) as elsewhere:
            return led_on(visit, _way_on(visit, elsewhere))
        except ConsentRefused as refused:
            visit.code, visit.reason = refused.code, refused.message
            return_to = places.local(visit.return_to or visit.here) or places.CONSOLE
            return visit.page("refused.html", status=400, refused=refused, is_plain=True, return_to=return_to)
        except Trouble as known:
            trouble = known
        except SellingPartnerError as error:
            trouble = trouble_of(error)
        except Exception:
            log.exception("a page failed by a defect", request_id=request_id)
            trouble = DEFECT
        finally:
            CAUSE.reset(cause)
        return _show(visit, trouble)

    def _page(self, visit: Visit, method: str, routed: Routed | None) -> HttpAnswer:
        if routed is None:
            allowed = [one for one in ("GET", "POST") if self._routes.find(one, visit.request.path)]
            if not allowed:
                return _show(visit, NO_PAGE)
            answer = _show(visit, wrong_method(" and ".join(allowed)))
            answer.headers.append(("Allow", ", ".join(allowed)))
            return answer
        visit.query = fields_of(visit.request.query)
        if method == "POST":
            visit.form = form_of(visit.request)
        return anew(visit.each_time(routed.page))

    def _log(self, visit: Visit, routed: Routed | None, request_id: str, status: int, milliseconds: float) -> None:
        request = visit.request
        if (
            visit.is_poll and status < _REFUSED
        ):  # it was written when the page was opened; else the log held little else
            return
        self._desk.journal.add(
            Call(
                at=self._desk.market.clock.now(),
                request_id=request_id,
                method=request.method[:10],
                path=without_values(request.path) if routed is None else routed.template,
                operation=visit.deed,
                api=_API,
                application_id=visit.application_id,
                seller_id=visit.seller_id,
                status=status,
                code=visit.code,
                reason=visit.reason,
                milliseconds=milliseconds,
            )
        )


@cache
def _routes() -> Routes[Routed]:
    """The same for every market: they are made once."""
    routes: Routes[Routed] = Routes()
    for method, template, page in (*_PAGES, *WINDOW):
        routes.add(method, template, Routed(template, page))
    return routes


def led_on(visit: Visit, target: str) -> HttpAnswer:
    """Send the browser on; the script of an open page is told to, lest it put another page's part into this one."""
    answer = redirect(target)
    return HttpAnswer(204, b"", [("HX-Redirect", target), *answer.headers[1:]]) if visit.is_poll else answer


def _way_on(visit: Visit, elsewhere: SignInFirst | ConsentRedirect) -> str:
    """Where the browser is sent instead of being shown a page."""
    if isinstance(elsewhere, SignInFirst):
        return places.sign_in_to(places.local(elsewhere.return_to) or places.CONSOLE)
    visit.application_id = elsewhere.application.application_id
    visit.code, visit.reason = elsewhere.error, elsewhere.reason
    return elsewhere.url


def _show(visit: Visit, trouble: Trouble) -> HttpAnswer:
    visit.code, visit.reason = trouble.code, trouble.reason
    answer = visit.page("trouble.html", status=trouble.status, trouble=trouble)
    if trouble.status == ServiceUnavailable.status:
        answer.headers.append(("Retry-After", str(RETRY_AFTER_SECONDS)))
    return answer
