"""Ready-made endpoints for WSGI (Flask, Django, Pyramid, or nothing at all): `/login` and `/callback`.

application = Endpoints(flow, on_connected=welcome, otherwise=the_rest_of_the_application)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from sellingpartner.client.authorization import _pages
from sellingpartner.client.authorization._returning import Authorization
from sellingpartner.client.authorization.flow import AuthorizationFlow
from sellingpartner.client.vault.keys import SealBroken
from sellingpartner.contract.errors import NotConfigured, SellingPartnerError

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]
OnConnected: TypeAlias = Callable[[Authorization, Environ], str | None]
OnDenied: TypeAlias = Callable[[SellingPartnerError, Environ], str | None]


class Endpoints:
    """`/login` sends a seller to consent, `/callback` takes them back. Both hooks may say where to send them then.

    `on_denied` hears of everything else than a grant: the seller's no, a state that is not right, a login that failed.
    A store that cannot be read is no such thing: it is raised.

    What has another path goes to `otherwise`.
    """

    def __init__(
        self,
        flow: AuthorizationFlow,
        *,
        on_connected: OnConnected | None = None,
        on_denied: OnDenied | None = None,
        otherwise: Application | None = None,
    ) -> None:
        self._flow = flow
        self._on_connected = on_connected
        self._on_denied = on_denied
        self._otherwise = otherwise

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "")
        if path not in {_pages.LOGIN, _pages.CALLBACK}:
            if self._otherwise is not None:
                return self._otherwise(environ, start_response)
            page = _pages.not_here()
        elif environ["REQUEST_METHOD"] != "GET":
            page = _pages.not_so()
        else:
            cookies, query = environ.get("HTTP_COOKIE", ""), environ.get("QUERY_STRING", "")
            if path == _pages.LOGIN:
                page = _pages.started(self._flow, query, cookies)
            else:
                page = self._taken_back(f"{path}?{query}", cookies, environ)
        start_response(f"{page.status.value} {page.status.phrase}", page.headers)
        return [page.body]

    def _taken_back(self, url: str, cookies: str, environ: Environ) -> _pages.Page:
        try:
            authorization = self._flow.callback(url, session=_pages.session_in(self._flow, cookies))
        except (NotConfigured, SealBroken):  # no fault of the seller's, and nothing that a page could mend
            raise
        except SellingPartnerError as failure:
            target = None if self._on_denied is None else self._on_denied(failure, environ)
            return _pages.failed(self._flow, failure, target)
        target = None if self._on_connected is None else self._on_connected(authorization, environ)
        return _pages.connected(self._flow, authorization.seller_id, target)
