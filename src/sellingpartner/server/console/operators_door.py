"""The door that the market's operator enters its pages by: with the control key or, where there is none, from here.

It is the control API's rule (`control/admission.py`), for browsers. A market that has a control key asks for it. One
that has none, and that nobody else reaches, is opened by a browser on this machine, by a button: the button's form
holds a token, so that no other page can press it, and a name that was made to lead here is no name of this machine.

What the browser keeps says when it entered and is sealed with the control key, or with a secret that this process
forgets when it ends. It counts by the machine's clock, as the market's is moved by whoever entered.
"""

from __future__ import annotations

import hmac
import secrets
import time
from hashlib import sha256

from sellingpartner.server.console import cookies
from sellingpartner.server.control.admission import distance
from sellingpartner.server.gateway.http import HttpRequest

LASTS_SECONDS = 12 * 60 * 60

_PUBLIC = (
    "A market that others reach is not run by its pages before it has a control key: start it with --control-key "
    "(or SPAPI_CONTROL_KEY)."
)
_WRONG = "This is not the market's control key."
_MOST_DIGITS = 12


class OperatorsDoor:
    """Says who is the operator; holds the secret that seals what a browser keeps."""

    def __init__(self, control_key: str | None = None, *, is_public: bool = False) -> None:
        self._key = control_key or ""
        self._secret = (control_key or secrets.token_urlsafe(32)).encode()
        self._is_public = is_public

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    @property
    def asks_for_key(self) -> bool:
        """Whether the control key opens it; else being at this machine does."""
        return bool(self._key)

    def shut_because(self, request: HttpRequest) -> str:
        """Why it cannot be opened from where a browser is; nothing if it can."""
        if self._key:
            return ""
        if self._is_public:
            return _PUBLIC
        far = distance(request)
        return "" if far is None else f"{far} needs the market's control key: start it with --control-key."

    def refusal(self, request: HttpRequest, key: str) -> str:
        """Why somebody who shows a key, or none, is not let in; nothing if they are."""
        if (reason := self.shut_because(request)) or not self._key:
            return reason
        return "" if hmac.compare_digest(key.encode("utf-8", "surrogatepass"), self._key.encode()) else _WRONG

    def let_in(self, request: HttpRequest) -> tuple[str, str]:
        """The header by which a browser keeps that it entered now."""
        moment = str(int(time.time()))
        return cookies.keep_entry(request, f"{moment}.{self._sealed(moment)}")

    def has_let_in(self, request: HttpRequest) -> bool:
        """Whether a browser entered, and still may be here."""
        moment, _, seal = cookies.entry_in(request).partition(".")
        if not (moment.isascii() and moment.isdigit() and len(moment) <= _MOST_DIGITS):
            return False
        if not hmac.compare_digest(self._sealed(moment).encode(), seal.encode()):
            return False
        return 0 <= time.time() - int(moment) < LASTS_SECONDS and not self.shut_because(request)

    def _sealed(self, moment: str) -> str:
        return hmac.new(self._secret, f"operator {moment}".encode(), sha256).hexdigest()
