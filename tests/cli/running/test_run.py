"""Whole: programs behind `spapi run`, which know nothing of the market; and the proxy for those it does not start."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from shutil import which
from typing import NamedTuple

import pytest
from nursery import opened

from sellingpartner.cli.app import run
from sellingpartner.client.credentials.sources import NAMES
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.server.process.credentials import Credentials, ready_credentials
from sellingpartner.testing import TestMarket, on_a_socket

NA = "https://sellingpartnerapi-na.amazon.com"
SPAPI = (sys.executable, "-m", "sellingpartner.cli")
NAMES_OF_OURS = ("SP_API_", "SPAPI_", "LWA_", "AMZN_", "SELLING_PARTNER_")


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Credentials]]:
    """A market on a socket of this process, and credentials for it."""
    market = TestMarket(limits=Limits.OFF)
    with on_a_socket(market.server) as url:
        path = tmp_path_factory.mktemp("ready") / "credentials.env"
        yield url, ready_credentials(market.market, path, url)
    market.close()


@pytest.fixture
def home(address: tuple[str, Credentials], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person to whom the market has just given credentials."""
    for name in [name for name in os.environ if name.startswith(NAMES_OF_OURS) or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".spapi").mkdir()
    said = {"SP_API_BASE_URL": address[0]}
    said |= {NAMES[name][0]: getattr(address[1], name) for name in ("client_id", "client_secret", "refresh_token")}
    (tmp_path / ".spapi/credentials.env").write_text("".join(f"{name}={value}\n" for name, value in said.items()))
    return tmp_path


@pytest.fixture
def free_ports() -> tuple[int, int]:
    """Two ports on which nobody listens."""
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


@pytest.fixture
def spapi(home: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """The command in this process; what it runs is in one of its own."""

    def command(*arguments: str) -> Said:
        try:
            code = run(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Said(code, *capfd.readouterr())

    return command


PROGRAM = f"""
import json, os, sys, urllib.error, urllib.request
login = {{"grant_type": "refresh_token", "refresh_token": os.environ["SP_API_REFRESH_TOKEN"],
         "client_id": os.environ["LWA_APP_ID"], "client_secret": os.environ["LWA_CLIENT_SECRET"]}}
asked = urllib.request.Request("https://api.amazon.com/auth/o2/token", json.dumps(login).encode(),
                               {{"Content-Type": "application/json"}})
token = json.load(urllib.request.urlopen(asked))["access_token"]
asked = urllib.request.Request("{NA}/sellers/v1/marketplaceParticipations", headers={{"x-amz-access-token": token}})
entered = json.load(urllib.request.urlopen(asked))["payload"]
print(json.dumps([one["marketplace"]["id"] for one in entered]))
sys.exit(7)
"""


def test_a_program_that_knows_amazon_alone_calls_the_market(spapi: Callable[..., Said]) -> None:
    said = spapi("run", "--", sys.executable, "-c", PROGRAM)

    assert (said.code, said.err, json.loads(said.out)) == (7, "", ["ATVPDKIKX0DER"])


WHOSE = 'echo "${SP_API_REFRESH_TOKEN:-none}"'


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        (None, "there is no file .spapi/credentials.env in this folder"),
        ("SP_API_BASE_URL=http://127.0.0.1:1\n", "are of the market at http://127.0.0.1:1"),
        ("SP_API_CLIENT_ID=one\n", "holds none that are whole"),
    ],
    ids=["another folder", "another market", "cut off"],
)
def test_a_program_for_which_there_are_no_credentials_is_said_to_get_none(
    spapi: Callable[..., Said], home: Path, address: tuple[str, Credentials], kept: str | None, why: str
) -> None:
    file = home / ".spapi/credentials.env"
    file.unlink() if kept is None else file.write_text(kept)

    said = spapi("run", "--url", address[0], "--", "sh", "-c", WHOSE)
    wanted = spapi("run", "--url", address[0], "--no-credentials", "--", "sh", "-c", WHOSE)

    assert (said.code, said.out) == (0, "none\n")
    assert f"spapi: No credentials were found for the market at {address[0]}" in said.err
    assert why in said.err
    assert wanted == (0, "none\n", "")


def test_a_program_that_has_its_own_credentials_is_told_of_no_others(
    spapi: Callable[..., Said], home: Path, address: tuple[str, Credentials], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".spapi/credentials.env").unlink()
    monkeypatch.setenv("SP_API_REFRESH_TOKEN", "Atzr|mine")

    said = spapi("run", "--url", address[0], "--", "sh", "-c", WHOSE)

    assert said == (0, "Atzr|mine\n", "")


def test_a_shell_that_holds_credentials_from_before_they_were_renewed_is_told_how_to_take_the_new_ones(
    spapi: Callable[..., Said], address: tuple[str, Credentials], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SP_API_REFRESH_TOKEN", "Atzr|from-before")

    said = spapi("run", "--url", address[0], "--", "sh", "-c", WHOSE)

    assert said.out == "Atzr|from-before\n"
    assert "spapi: The program keeps the SP_API_REFRESH_TOKEN of this shell, which is not that of" in said.err
    assert "set -a; . .spapi/credentials.env; set +a" in said.err


def test_commands_that_it_starts_drive_the_same_market(spapi: Callable[..., Said], home: Path) -> None:
    (home / "elsewhere").mkdir()

    said = spapi("run", "--", "sh", "-c", 'cd elsewhere && "$@"', "sh", *SPAPI, "status", "--json")

    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out)["counts"]["sellers"] == 1


IN_NODE = f"""
const said = (answer) => console.log(answer.status || answer.statusCode);
const missed = (reason) => console.log(String((reason.cause || reason).message));
const got = (url) => new Promise((done, failed) => require("https").get(url, done).on("error", failed));
const call = (url) => got(url).then((answer) => {{ said(answer); answer.resume(); }}, missed);
call("{NA}/orders/v0/orders").then(() => fetch("{NA}/orders/v0/orders")).then(said)
  .then(() => call("https://example.com/")).then(() => fetch("https://example.org/")).then(said, missed);
"""


@pytest.mark.skipif(which("node") is None, reason="there is no Node")
def test_node_is_led_without_heeding_a_proxy_and_offline_nowhere_else(spapi: Callable[..., Said]) -> None:
    said = spapi("run", "--offline", "--", "node", "-e", IN_NODE)

    alone = "spapi run --offline leads to Amazon's hosts alone, not to"
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == ["403", "403", f"{alone} example.com", f"{alone} example.org"]


@pytest.mark.skipif(not Path("/usr/bin/curl").exists(), reason="curl is not installed")
def test_offline_other_hosts_are_refused(spapi: Callable[..., Said]) -> None:
    said = spapi("run", "--offline", "--", "curl", "-sS", "https://example.com/", "http://example.org/")

    assert said.code == 22 or "403" in said.out + said.err
    assert "spapi lets nothing through but Amazon's hosts" in said.out
    assert "CONNECT tunnel failed, response 403" in said.err


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (("sh", "-c", "exit 3"), 3, ""),
        (("sh", "-c", "kill -TERM $$"), 128 + signal.SIGTERM, ""),
        (("no-such-program",), 127, "spapi: no-such-program cannot be run: No such file or directory.\n"),
        (("/",), 126, "spapi: / cannot be run: Permission denied.\n"),
    ],
)
def test_it_ends_as_the_program_ends(
    spapi: Callable[..., Said], command: tuple[str, ...], code: int, said: str
) -> None:
    assert spapi("run", "--", *command) == (code, "", said)


def test_arguments_are_the_programs_own(spapi: Callable[..., Said]) -> None:
    said = spapi(
        "run", "--no-credentials", "--", sys.executable, "-c", "import sys; print(sys.argv[1:])", "--offline", "--"
    )

    assert said == (0, "['--offline', '--']\n", "")


def credentials_in(out: str) -> dict[str, str]:
    known = {name for name in chain.from_iterable(NAMES.values()) if not name.startswith("SPAPI_")}
    said = dict(line.partition("=")[::2] for line in out.splitlines())
    return {name: said[name] for name in known & said.keys() if said[name]}


def test_credentials_are_found_under_the_names_of_known_sdks(
    spapi: Callable[..., Said], address: tuple[str, Credentials]
) -> None:
    found = credentials_in(spapi("run", "--", "env").out)

    assert found["LWA_APP_ID"] == found["SP_API_CLIENT_ID"] == address[1].client_id
    assert found["SELLING_PARTNER_APP_CLIENT_SECRET"] == address[1].client_secret
    assert found["AMZN_SELLING_PARTNER_REFRESH_TOKEN"] == address[1].refresh_token
    assert {name for name in found if "URL" in name or "ENDPOINT" in name} == set()


def test_a_program_with_credentials_of_its_own_keeps_them(
    spapi: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LWA_APP_ID", "amzn1.application-oa2-client.mine")

    assert credentials_in(spapi("run", "--", "env").out) == {"LWA_APP_ID": "amzn1.application-oa2-client.mine"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run",), "There is nothing to run; write the command behind --: spapi run -- python app.py"),
        (("run", "--url", "http://127.0.0.1:1", "--", "true"), "No market answers at http://127.0.0.1:1; start one "),
        (("run", "--url", NA, "--", "true"), f"{NA} is Amazon's (by SP_API_BASE_URL?); name the market that is to "),
        (("run", "--serve", "--serve-options=--nonsense", "--", "true"), "The market for --serve does not open: "),
        (("run", "--serve", "--serve-options", "'", "--", "true"), "--serve-options cannot be read: No closing quot"),
        (("env",), "No proxy stands here: start `spapi proxy`, or `spapi serve --tls`, in this folder and leave "),
        (("proxy", "--host", "0.0.0.0"), "Others would drive the market at http://127.0.0.1:"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    spapi: Callable[..., Said], arguments: tuple[str, ...], said: str
) -> None:
    told = spapi(*arguments)

    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"spapi: {said}")
    assert told.err.count("\n") == 1


def may_use_names() -> bool:
    """Whether this machine lets anybody lie over its hosts file, and listen on port 443."""
    if which("unshare") is None or subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", 443))
        except OSError:
            return False
    return True


@pytest.mark.skipif(not may_use_names(), reason="a mount namespace or port 443 is not allowed here")
def test_what_heeds_no_variable_is_led_by_names(spapi: Callable[..., Said]) -> None:
    before = Path("/etc/hosts").read_text()
    script = 'unset HTTPS_PROXY https_proxy ALL_PROXY all_proxy; exec "$0" -I -c "$1"'

    said = spapi("run", "--names", "--", "sh", "-c", script, sys.executable, PROGRAM)

    assert (said.code, said.err, json.loads(said.out)) == (7, "", ["ATVPDKIKX0DER"])
    assert Path("/etc/hosts").read_text() == before


def test_a_market_may_be_served_for_one_command(spapi: Callable[..., Said]) -> None:
    said = spapi("run", "--serve", "--", sys.executable, "-c", PROGRAM)

    assert (said.code, said.err, json.loads(said.out)) == (7, "", ["ATVPDKIKX0DER"])


def test_a_market_with_a_port_for_tls_answers_under_amazons_names(home: Path, free_ports: tuple[int, int]) -> None:
    port, tls_port = free_ports
    options = ["--port", str(port), "--tls", "--tls-port", str(tls_port), "--no-demo", "--database", "sqlite://"]
    (home / ".spapi/credentials.env").unlink()
    with opened(*options, folder=home, word="Try it, in another terminal"):
        script = f'eval "$({" ".join(SPAPI)} env)" && {sys.executable} -c "$PROGRAM"'
        led = subprocess.run(
            ["sh", "-c", script], env=os.environ | {"PROGRAM": PROGRAM}, capture_output=True, text=True, check=False
        )
        context = ssl.create_default_context(cafile=".spapi/tls/ca.pem")
        below = socket.create_connection(("127.0.0.1", tls_port), timeout=30)
        with context.wrap_socket(below, server_hostname=NA.removeprefix("https://")) as mapped:
            mapped.sendall(b"GET /orders/v0/orders HTTP/1.0\r\n\r\n")
            head = mapped.recv(100)

    assert (led.returncode, led.stderr, json.loads(led.stdout)) == (7, "", ["ATVPDKIKX0DER"])
    assert b" 403 Forbidden" in head
    assert not (home / ".spapi/tls/addresses.json").exists()


def test_programs_that_are_started_elsewhere_are_led_by_a_proxy(spapi: Callable[..., Said], home: Path) -> None:
    proxy = subprocess.Popen(
        [*SPAPI, "proxy", "--port", "0", "--tls-port", "0"], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        assert proxy.stdout is not None
        assert any("eval $(spapi env)" in line for line in proxy.stdout)
        script = f'eval "$({" ".join(SPAPI)} env)" && {sys.executable} -c "$PROGRAM"'
        led = subprocess.run(
            ["sh", "-c", script], env=os.environ | {"PROGRAM": PROGRAM}, capture_output=True, text=True, check=False
        )
        docker = spapi("env", "--docker", "--no-credentials")
        elsewhere = spapi("env", "--docker", "--proxy", "http://proxy:8888").out
    finally:
        proxy.send_signal(signal.SIGTERM)
        code = proxy.wait(30)
        assert proxy.stdout is not None
        proxy.stdout.close()

    assert (led.returncode, led.stderr, json.loads(led.stdout)) == (7, "", ["ATVPDKIKX0DER"])
    assert "\nSSL_CERT_FILE=/spapi/everyone.pem\n" in docker.out
    assert "HTTPS_PROXY=http://host.docker.internal:" in docker.out
    assert str(home) not in docker.out
    assert "HTTPS_PROXY=http://proxy:8888\n" in elsewhere
    assert (code, (home / ".spapi/tls/addresses.json").exists()) == (0, False)
