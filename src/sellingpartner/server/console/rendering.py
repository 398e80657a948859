"""Templates become answers here, with the headers that keep a page what it is.

No page may be framed, cached, or tell others where the browser came from; none loads anything but the one stylesheet
and, where a page renews itself, the one script beside it. `form-action` names where a page's forms may lead, redirects
included: to this server, and on the consent page to the origin that the browser is sent back to.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from sellingpartner.counted import counted
from sellingpartner.market.accounts.model import User
from sellingpartner.server.console import places
from sellingpartner.server.gateway.http import Headers, HttpAnswer, HttpRequest

_PACKAGE = "sellingpartner.server.console"
_NOT_MODIFIED = 304
_HTML = ("Content-Type", "text/html; charset=utf-8")
_SCRIPT = "has_script"
_LONG_WORD = 16
_ENDS_OF_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_/.,:])(?=\w)")
"""Where a name may be broken: before a capital, and behind what joins its parts."""

KEPT = {
    "/console/style.css": ("style.css", "text/css; charset=utf-8"),
    "/console/htmx.js": ("static/htmx-2.0.10.min.js", "text/javascript; charset=utf-8"),
}
"""What a browser may keep: the stylesheet, and the script of the pages that renew themselves."""


def page(template: str, values: dict[str, object], *, status: int = 200, leads_to: str = "") -> HttpAnswer:
    """A page; `leads_to` is the origin outside that its form may end at."""
    has_script = bool(values.setdefault(_SCRIPT, False))
    body = _environment().get_template(template).render(values)
    return HttpAnswer(status, body.encode("utf-8", "replace"), [_HTML, *safeguards(leads_to, has_script=has_script)])


def redirect(target: str) -> HttpAnswer:
    """Send the browser on, by GET whatever it came with."""
    return HttpAnswer(303, b"", [("Location", target), *safeguards()])


def download(name: str, media_type: str, body: bytes) -> HttpAnswer:
    """A file to keep."""
    disposition = ("Content-Disposition", f'attachment; filename="{name}"')
    return HttpAnswer(200, body, [("Content-Type", media_type), disposition, *safeguards()])


def safeguards(leads_to: str = "", *, has_script: bool = False) -> Headers:
    """The headers of every answer here."""
    policy = (
        "default-src 'none'",
        "style-src 'self'",
        *(("script-src 'self'", "connect-src 'self'") if has_script else ()),
        f"form-action 'self' {leads_to}".rstrip(),
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
    return [
        ("Content-Security-Policy", "; ".join(policy)),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ]


def kept_file(request: HttpRequest) -> HttpAnswer:
    """What a browser may keep; it asks again with the tag that it was given."""
    name, media_type = KEPT[request.path]
    body, tag = _file(name)
    kept = [("ETag", tag), ("Cache-Control", "public, max-age=3600"), ("X-Content-Type-Options", "nosniff")]
    if tag in (request.header("if-none-match") or ""):
        return HttpAnswer(_NOT_MODIFIED, b"", kept)
    return HttpAnswer(200, body, [("Content-Type", media_type), *kept])


@cache
def _file(name: str) -> tuple[bytes, str]:
    body = files(_PACKAGE).joinpath(name).read_bytes()
    return body, f'"{sha256(body).hexdigest()[:16]}"'


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "moment": moment_told, "pieces": _pieces, "counted": counted, "iso": _iso}
    environment.globals |= {"places": places, "pages_for": _pages_for}
    return environment


_OF_SHOPS = (
    ("Orders", places.ORDERS),
    ("Products", places.PRODUCTS),
    ("Money", places.MONEY),
    ("Documents", places.DOCUMENTS),
    ("Notifications", places.DELIVERIES),
    ("Requests", places.REQUESTS),
)
_OF_THE_OPERATOR = (("Clock", places.CLOCK), ("Faults", places.FAULTS))


def _pages_for(user: User | None, is_operator: bool) -> list[tuple[str, str]]:  # noqa: FBT001 - a template's words
    """Where somebody may go, with the words of the links."""
    sells, develops = user is not None and user.seller_id, user is not None and user.developer_id
    return [
        *([("Market", places.MARKET)] if is_operator or sells else []),
        *(_OF_SHOPS if is_operator or sells else ()),
        *(_OF_THE_OPERATOR if is_operator else ()),
        *([("Authorized applications", places.APPLICATIONS)] if sells else []),
        *([("Developer", places.DEVELOPER)] if develops else []),
    ]


def _pieces(text: str) -> list[str]:
    """A text in pieces between which it may go on in the next line: within long names, such as GET_ALL_ORDERS_DATA."""
    pieces = [""]
    for word in text.split(" "):
        first, *more = _ENDS_OF_PARTS.split(word) if len(word) > _LONG_WORD else [word]
        pieces[-1] += first
        pieces += more
        pieces[-1] += " "
    pieces[-1] = pieces[-1].removesuffix(" ")
    return pieces


def _day(at: datetime) -> str:
    return f"{at:%B} {at.day}, {at.year}"


def _iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def moment_told(at: datetime) -> str:
    """A moment as the pages say it."""
    return f"{at:%b} {at.day}, {at.year}, {at:%H:%M} UTC"
