"""Sending to webhooks: signed, to where it was looked, and to nobody's own network."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import trustme
from standardwebhooks.webhooks import Webhook

from sellingpartner.market.notifications.model import Delivery, Lane, State
from sellingpartner.market.notifications.types import DestinationKind
from sellingpartner.server.process.carriers.outcome import ARRIVED, UNTRIED, Fate, NotSent
from sellingpartner.server.process.carriers.webhooks import Webhooks, is_public

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
BODY = '{"NotificationType": "ORDER_CHANGE", "what": "å"}'


def lane_to(url: str) -> Lane:
    return Lane(lane="lane", application_id="app", kind=DestinationKind.WEBHOOK, address=url, secret=SECRET)


def delivery(number: int = 1, body: str = BODY) -> Delivery:
    return Delivery(
        delivery_id=number,
        application_id="app",
        seller_id="A1",
        lane="lane",
        address="",
        subscription_id="sub",
        notification_id=f"note-{number}",
        notification_type="ORDER_CHANGE",
        body=body,
        created_at=NOW,
        state=State.WAITING,
        attempts=0,
        next_at=NOW,
        give_up_at=NOW,
        sent_at=None,
        failure="",
    )


class Receiver(HTTPServer):
    """A webhook's other end: it keeps what comes, and answers as it is told, in order; 204 when nothing is left."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statuses = list(statuses)
        self.came: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hooks?shop=1"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Receiver)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.path, dict(self.headers), body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 204)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def receiving(*statuses: int) -> Iterator[Receiver]:
    receiver = Receiver(*statuses)
    thread = Thread(target=receiver.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        receiver.server_close()
        thread.join()


def test_a_message_is_signed_so_that_the_specifications_own_library_takes_it() -> None:
    with receiving() as receiver:
        outcomes = Webhooks(may_reach_own_network=True).carry(lane_to(receiver.url), [delivery(1), delivery(2)])

    assert outcomes == [ARRIVED, ARRIVED]
    (path, headers, body), _ = receiver.came
    assert (path, body.decode()) == ("/hooks?shop=1", BODY)
    assert headers["Host"] == f"127.0.0.1:{receiver.server_port}"
    assert headers["webhook-id"] == "note-1"
    assert Webhook(SECRET).verify(body, headers) == {"NotificationType": "ORDER_CHANGE", "what": "å"}


def test_the_first_that_fails_leaves_the_rest_for_later() -> None:
    with receiving(200, 503) as receiver:
        outcomes = Webhooks(may_reach_own_network=True).carry(
            lane_to(receiver.url), [delivery(number) for number in range(4)]
        )

    assert [outcomes[0], *outcomes[2:]] == [ARRIVED, UNTRIED, UNTRIED]
    assert (outcomes[1].fate, outcomes[1].reason) == (Fate.FAILED, "The webhook answered 503")
    assert len(receiver.came) == 2


def test_a_redirect_is_a_failure_and_is_not_followed() -> None:
    with receiving(307) as receiver, pytest.raises(NotSent, match="answered 307; redirects are not followed"):
        Webhooks(may_reach_own_network=True).carry(lane_to(receiver.url), [delivery()])

    assert len(receiver.came) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_a_webhook_leads_into_no_network_of_ones_own(host: str) -> None:
    with receiving() as receiver:
        lane = lane_to(f"http://{host}:{receiver.server_port}/hooks")
        for attempt in (Webhooks().look, lambda one: Webhooks().carry(one, [delivery()])):
            with pytest.raises(NotSent, match=r"network of the market's own|has no address"):
                attempt(lane)

    assert receiver.came == []


def test_a_name_of_which_one_address_is_inside_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)

    with pytest.raises(NotSent, match="network of the market's own"):
        Webhooks().look(lane_to("http://rebinding.example/hooks"))


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name leads elsewhere when it is asked for again, as in DNS rebinding; it is asked for once."""
    answers = iter(["127.0.0.1", "192.0.2.1"])

    def resolve(host: str, port: int, *_args: object, **_more: object) -> list[object]:
        assert not host[0].isdigit() or host == "127.0.0.1"
        address = host if host[0].isdigit() else next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    with receiving() as receiver:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        lane = lane_to(f"http://rebinding.example:{receiver.server_port}/hooks")
        assert Webhooks(may_reach_own_network=True).carry(lane, [delivery()]) == [ARRIVED]

    assert receiver.came[0][1]["Host"] == f"rebinding.example:{receiver.server_port}"
    assert next(answers) == "192.0.2.1"


def test_of_several_addresses_the_first_that_takes_a_connection_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo

    def both(host: str, port: int, *arguments: Any, **more: Any) -> list[Any]:  # noqa: ANN401 - as the library's own
        if host != "two.example":
            return resolve(host, port, *arguments, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("127.0.0.9", "127.0.0.1")]

    with receiving() as receiver:
        monkeypatch.setattr(socket, "getaddrinfo", both)
        lane = lane_to(f"http://two.example:{receiver.server_port}/hooks")
        assert Webhooks(may_reach_own_network=True).carry(lane, [delivery()]) == [ARRIVED]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1"),
        *("2002:0a00:0001::1", "64:ff9b::a9fe:a9fe", "nonsense"),
    ],
)
def test_addresses_that_are_of_no_public_network(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(address)


def test_a_certificate_is_asked_for_in_the_hosts_name() -> None:
    authority = trustme.CA()
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with receiving() as receiver:
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(serving)
        receiver.socket = serving.wrap_socket(receiver.socket, server_side=True)
        lane = lane_to(f"https://localhost:{receiver.server_port}/hooks")

        assert Webhooks(may_reach_own_network=True, tls=trusting).carry(lane, [delivery()]) == [ARRIVED]
        with pytest.raises(NotSent, match="certificate is not trusted"):
            Webhooks(may_reach_own_network=True).carry(lane, [delivery()])


def test_who_answers_in_another_tongue_or_not_at_all_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def speak() -> None:
            connection, _ = server.accept()
            connection.recv(65536)
            connection.sendall(b"220 mail.example ESMTP\r\n")
            connection.close()

        Thread(target=speak, daemon=True).start()
        with pytest.raises(NotSent, match="not reached"):
            Webhooks(may_reach_own_network=True).carry(lane_to(f"http://127.0.0.1:{port}/"), [delivery()])

    with pytest.raises(NotSent, match="not reached"):
        Webhooks(may_reach_own_network=True).carry(lane_to(f"http://127.0.0.1:{port}/"), [delivery()])
