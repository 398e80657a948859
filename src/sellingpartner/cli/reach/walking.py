"""From page to page, with the entries as they were sent."""

from __future__ import annotations

from collections.abc import Iterator

from sellingpartner.cli.reach.as_sent import AsSent
from sellingpartner.cli.shown.shape import Shape
from sellingpartner.client import SellingPartner
from sellingpartner.contract.json_values import Json
from sellingpartner.contract.operation import Request


class Walk:
    """The entries of a request's pages, each page fetched when its turn comes and no page in vain."""

    def __init__(self, client: SellingPartner, as_sent: AsSent, request: Request[object], shape: Shape) -> None:
        self.shape = shape
        self.has_more = False
        """Whether there is more than was wanted; known at the end."""
        self.is_empty = True
        """Whether no entry was found; known at the end."""
        self._client = client
        self._as_sent = as_sent
        self._request = request

    def entries(self, limit: int | None = None) -> Iterator[Json]:
        """So many entries, or all."""
        count = 0
        for _ in self._client.pages(self._request):
            page = self._as_sent.json
            for entry in self.shape.entries(page):
                if count == limit:
                    self.has_more = True
                    return
                self.is_empty = False
                yield entry
                count += 1
            if count == limit:
                self.has_more = bool(next_token(self._request, page))
                return


def next_token(request: Request[object], page: Json) -> str | None:
    """The token of the page after this one, if there is one."""
    pages = request.operation.pages
    if pages is None:
        return None
    for name in pages.next_token.split("."):
        page = page.get(name) if isinstance(page, dict) else None
    return page if isinstance(page, str) and page else None
