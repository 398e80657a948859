"""Templates become answers here, with the headers that keep a page what it is.

No page may be framed, cached, or tell others where the browser came from; none runs a script or loads anything but the
one stylesheet. `form-action` names where a page's forms may lead, redirects included: to this server, and on the
consent page to the origin that the browser is sent back to.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from sellingpartner.counted import counted
from sellingpartner.server.console import places
from sellingpartner.server.gateway.http import Headers, HttpAnswer, HttpRequest

_PACKAGE = "sellingpartner.server.console"
_NOT_MODIFIED = 304
_HTML = ("Content-Type", "text/html; charset=utf-8")


def page(template: str, values: dict[str, object], *, status: int = 200, leads_to: str = "") -> HttpAnswer:
    """A page; `leads_to` is the origin outside that its form may end at."""
    body = _environment().get_template(template).render(values)
    return HttpAnswer(status, body.encode(), [_HTML, *safeguards(leads_to)])


def redirect(target: str) -> HttpAnswer:
    """Send the browser on, by GET whatever it came with."""
    return HttpAnswer(303, b"", [("Location", target), *safeguards()])


def download(name: str, media_type: str, body: bytes) -> HttpAnswer:
    """A file to keep."""
    disposition = ("Content-Disposition", f'attachment; filename="{name}"')
    return HttpAnswer(200, body, [("Content-Type", media_type), disposition, *safeguards()])


def safeguards(leads_to: str = "") -> Headers:
    """The headers of every answer here."""
    policy = (
        "default-src 'none'",
        "style-src 'self'",
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


def stylesheet(request: HttpRequest) -> HttpAnswer:
    """The one thing that a browser may keep; it asks again with the tag that it was given."""
    body, tag = _stylesheet()
    kept = [("ETag", tag), ("Cache-Control", "public, max-age=3600"), ("X-Content-Type-Options", "nosniff")]
    if tag in (request.header("if-none-match") or ""):
        return HttpAnswer(_NOT_MODIFIED, b"", kept)
    return HttpAnswer(200, body, [("Content-Type", "text/css; charset=utf-8"), *kept])


@cache
def _stylesheet() -> tuple[bytes, str]:
    body = files(_PACKAGE).joinpath("style.css").read_bytes()
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
    environment.filters |= {"day": _day, "moment": _moment, "counted": counted}
    environment.globals["places"] = places
    return environment


def _day(at: datetime) -> str:
    return f"{at:%B} {at.day}, {at.year}"


def _moment(at: datetime) -> str:
    return f"{at:%b} {at.day}, {at.year}, {at:%H:%M} UTC"
