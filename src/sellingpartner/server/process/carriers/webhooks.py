"""Sends to webhooks: a signed POST of each message, after the Standard Webhooks specification.

Whoever registers a webhook chooses where the market connects to. So that nobody has it connect to what only the market
can reach, the host's name is resolved once, every address that it has must be of the public Internet, and one of those
addresses is connected to, whatever the name leads to a moment later. No redirect is followed, no proxy asked, and
nothing of the answer is read but its status.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from standardwebhooks.webhooks import Webhook

from sellingpartner.market.notifications.model import Delivery, Lane
from sellingpartner.market.time.clock import real_now
from sellingpartner.server.process.carriers.outcome import ARRIVED, UNTRIED, Fate, NotSent, Outcome

_SECONDS = 10.0
"""How long one message may take in all."""
_CONNECT_SECONDS = 4.0
_LONGEST_STATUS_LINE = 1000
_PORTS = {"http": 80, "https": 443}
_AGENT = "sellingpartner"
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that a network translates into the IPv4 address which they end in."""


class Webhooks:
    """Takes messages to URLs."""

    def __init__(self, *, may_reach_own_network: bool = False, tls: ssl.SSLContext | None = None) -> None:
        self._may_reach_own_network = may_reach_own_network
        self._tls = tls

    def carry(self, lane: Lane, leaving: Sequence[Delivery]) -> list[Outcome]:
        """Send messages one by one; the first that fails leaves the rest for later."""
        outcomes: list[Outcome] = []
        for delivery in leaving:
            try:
                self._send(lane, delivery)
            except NotSent as reason:
                if not outcomes:
                    raise
                outcomes.append(Outcome(Fate.FAILED, str(reason)))
                return outcomes + [UNTRIED] * (len(leaving) - len(outcomes))
            outcomes.append(ARRIVED)
        return outcomes

    def look(self, lane: Lane) -> None:
        """See whether the market may connect to where the URL leads."""
        self._addresses_of(urlsplit(lane.address))

    def _send(self, lane: Lane, delivery: Delivery) -> None:
        ends_at = monotonic() + _SECONDS
        url = urlsplit(lane.address)
        addresses = self._addresses_of(url)
        try:
            with self._connected(url, addresses, ends_at) as connection:
                status = _posted(connection, url, _signed(lane, delivery, real_now()), delivery.body, ends_at)
        except (OSError, HTTPException) as reason:
            raise NotSent(f"The webhook was not reached: {_words(reason)}") from None
        if not 200 <= status < 300:  # noqa: PLR2004 - what HTTP calls a success
            hint = "; redirects are not followed" if 300 <= status < 400 else ""  # noqa: PLR2004
            raise NotSent(f"The webhook answered {status}{hint}")

    def _addresses_of(self, url: SplitResult) -> list[str]:
        """The addresses of a URL's host; raises `NotSent` if any of them is of a network of one's own."""
        host, port = url.hostname or "", url.port or _PORTS[url.scheme]
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NotSent("The webhook's host has no address") from None
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not self._may_reach_own_network and not all(map(is_public, addresses)):
            cure = "start the server with --webhooks any to allow that"
            raise NotSent(f"The webhook leads into a network of the market's own; {cure}")
        return addresses

    def _connected(self, url: SplitResult, addresses: Sequence[str], ends_at: float) -> socket.socket:
        """A connection to the first of some addresses that takes one."""
        connection = _first_of(addresses, url.port or _PORTS[url.scheme], ends_at)
        if url.scheme != "https":
            return connection
        tls = self._tls or ssl.create_default_context()
        try:
            return tls.wrap_socket(connection, server_hostname=url.hostname)
        except BaseException:
            connection.close()
            raise


def _first_of(addresses: Sequence[str], port: int, ends_at: float) -> socket.socket:
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=min(_CONNECT_SECONDS, _left(ends_at)))
    return socket.create_connection((last, port), timeout=min(_CONNECT_SECONDS, _left(ends_at)))


def is_public(address: str) -> bool:
    """Whether an address is one of the public Internet, also behind the forms in which one address holds another."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    held: list[IPv4Address | IPv6Address | None] = [found]
    if isinstance(found, IPv6Address):
        held += [found.ipv4_mapped, found.sixtofour, found.teredo[1] if found.teredo else None]
        if found in _TRANSLATED:
            held.append(IPv4Address(int(found) & 0xFFFFFFFF))
    return all(each is None or (each.is_global and not each.is_multicast) for each in held)


def _signed(lane: Lane, delivery: Delivery, at: datetime) -> dict[str, str]:
    """The headers by which the receiver knows the sender, and a message that comes again."""
    signature = Webhook(lane.secret).sign(delivery.notification_id, at, delivery.body)
    return {
        "webhook-id": delivery.notification_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }


def _posted(connection: socket.socket, url: SplitResult, headers: dict[str, str], body: str, ends_at: float) -> int:
    """Send a request over an open connection; returns the answer's status, of which nothing else is read."""
    request = HTTPConnection(url.netloc)
    request.sock = connection
    connection.settimeout(_left(ends_at))
    target = f"{url.path or '/'}?{url.query}" if url.query else url.path or "/"
    kind = {"Content-Type": "application/json", "User-Agent": _AGENT, "Connection": "close"}
    request.request("POST", target, body.encode(), headers=headers | kind)
    return _status(connection, ends_at)


def _status(connection: socket.socket, ends_at: float) -> int:
    """The status of an answer, which must come in time however slowly it is sent."""
    line = b""
    while b"\n" not in line and len(line) < _LONGEST_STATUS_LINE:
        connection.settimeout(_left(ends_at))
        some = connection.recv(_LONGEST_STATUS_LINE)
        if not some:
            break
        line += some
    parts = line.partition(b"\n")[0].split(None, 2)
    if len(parts) < 2 or not parts[0].startswith(b"HTTP/1.") or not parts[1].isdigit():  # noqa: PLR2004 - version, status
        raise HTTPException("it did not answer in HTTP")
    return int(parts[1])


def _left(ends_at: float) -> float:
    left = ends_at - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _words(reason: Exception) -> str:
    if isinstance(reason, TimeoutError):
        return f"it took longer than {_SECONDS:g} seconds"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({reason.verify_message})"
    return " ".join(str(reason.strerror if isinstance(reason, OSError) and reason.strerror else reason).split())
