"""Whole: the shim in a Python of its own, as `spapi run` has every Python start."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import sellingpartner.intercept
from sellingpartner.intercept.authority import Authority

SHIM = Path(sellingpartner.intercept.__file__).parent / "shims" / "python"
NA = "sellingpartnerapi-na.amazon.com"
ASKED = f"""
import socket
def asked(host, port):
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][:2]
    except OSError as reason:
        return str(reason)
print([asked(host, port) for host, port in [
    ("{NA}", 443), (b"{NA.upper()}.", "https"), ("{NA}", "443"), ("127.0.0.1", 443), ("localhost", 8000)]])
"""


def python(code: str, *, said: object = None, path: tuple[Path, ...] = (), more: tuple[str, ...] = ()) -> str:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SPAPI_"))}
    environ |= {"PYTHONPATH": os.pathsep.join(map(str, (SHIM, *path)))}
    environ |= {} if said is None else {"SPAPI_INTERCEPT": json.dumps(said)}
    command = [sys.executable, *more, "-c", code]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def said(ca: Path | str = "/no/such/file", **more: object) -> dict[str, object]:
    return {"hosts": [NA], "host": "127.0.0.2", "port": 4002, "ca": str(ca), "offline": False} | more


def test_amazons_hosts_lead_to_the_port_for_tls_and_others_where_they_are() -> None:
    mark = ("127.83.80.65", 443)

    assert python(ASKED, said=said()).strip() == str([mark, mark, mark, ("127.0.0.1", 443), ("127.0.0.1", 8000)])


CONNECTING = f"""
import asyncio, socket
async def connected(host):
    _, writer = await asyncio.open_connection(host, 443)
    where = writer.get_extra_info("peername")
    writer.close()
    return where
address = socket.getaddrinfo("{NA}", 443, type=socket.SOCK_STREAM)[0][4][0]
with socket.create_connection(("{NA}", 443)) as one, socket.socket() as other:
    other.connect_ex((address, 443))
    print([one.getpeername(), other.getpeername(), *map(asyncio.run, [connected("{NA}"), connected(address)])])
"""


def test_who_takes_the_address_and_brings_the_port_is_led_as_well() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        place = listening.getsockname()

        out = python(CONNECTING, said=said(host=place[0], port=place[1]))

    assert out.strip() == str([place] * 4)


def test_offline_other_hosts_lead_nowhere() -> None:
    code = ASKED.replace('("127.0.0.1", 443)', '("192.0.2.1", 443), ("192.0.2.1", 5432), ("127.0.0.1", 443)')

    out = python(code, said=said(offline=True))

    assert "leads to Amazon's hosts alone" in out
    assert "('192.0.2.1', 5432), ('127.0.0.1', 443)" in out


TRUSTING = """
import ssl, sys
def count(act):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    act(context)
    return sum(b"market of sellingpartner" in one for one in context.get_ca_certs(binary_form=True))
import subprocess
acts = [
    lambda context: context.load_default_certs(),
    lambda context: context.set_default_verify_paths(),
    lambda context: context.load_verify_locations(cadata=open(sys.argv[1]).read()),
]
print([count(act) for act in acts], count(lambda context: None))
"""


def test_the_authority_is_trusted_wherever_anybody_is(tmp_path: Path) -> None:
    ca = Authority.at(tmp_path / "tls").certificate
    other = Authority.at(tmp_path / "other").certificate
    code = TRUSTING.replace("sys.argv[1]", repr(str(other)))

    assert python(code, said=said(ca)).strip() == "[1, 1, 2] 0"


def test_the_programs_own_sitecustomize_runs_as_it_would(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys; print('own', __name__, __file__); MARK = 1")

    out = python("import sitecustomize; print(sitecustomize.MARK)", said=said(), path=(tmp_path,))

    assert out.splitlines() == [f"own sitecustomize {tmp_path / 'sitecustomize.py'}", "1"]


@pytest.mark.parametrize(
    "broken",
    [None, "text", {}, said() | {"hosts": 5}, said(port="x") | {"ca": None}],
    ids=["nothing", "text", "empty", "hosts", "ca"],
)
def test_a_shim_that_cannot_work_says_nothing_and_stops_nobody(broken: object) -> None:
    code = "import ssl; ssl.create_default_context(); print('here')"

    assert python(code, said=broken) == "here\n"


def test_it_asks_nothing_of_the_python_that_it_is_in() -> None:
    loaded = "import sys; print([name for name in sys.modules if name.startswith(('sellingpartner', 'cryptography'))])"

    assert python(loaded, said=said(), more=("-W", "error")) == "[]\n"
