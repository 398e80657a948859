from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from sellingpartner.contract.hosts import HOSTS
from sellingpartner.intercept import no_proxy
from sellingpartner.intercept.bundles import Bundles
from sellingpartner.intercept.environment import SHIM, Way, as_docker, as_shell, variables
from sellingpartner.intercept.names import hosts_file

NA = "sellingpartnerapi-na.amazon.com"
TRUST = Path("/home/me/my shop/.spapi/tls/trust")
BUNDLES = Bundles(
    folder=TRUST,
    authority=TRUST / "ca.pem",
    everyone=TRUST / "everyone.pem",
    node=TRUST / "node.pem",
    p12=TRUST / "java.p12",
    python_shim=TRUST / "python",
    node_shim=TRUST / "shim.cjs",
    ruby_shim=TRUST / "shim.rb",
    php=TRUST / "php",
)
WAY = Way("127.0.0.1", proxy=4001, tls=4002, market="http://127.0.0.1:8000")
OFFLINE = Way("127.0.0.1", proxy=4001, tls=4002, market="http://market.example:8000", is_offline=True)
PAST = "localhost,127.0.0.1,::1"


def test_every_kind_of_program_finds_what_it_reads() -> None:
    found = variables(WAY, BUNDLES, {})

    proxy = "http://127.0.0.1:4001"
    assert {name: found[name] for name in found if name.lower().endswith("_proxy")} == {
        **dict.fromkeys(("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"), proxy),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), PAST),
        "NODE_USE_ENV_PROXY": "1",
    }
    trusted = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "AWS_CA_BUNDLE")
    assert {found[name] for name in trusted} == {str(BUNDLES.everyone)}
    assert found["NODE_EXTRA_CA_CERTS"] == str(BUNDLES.node)
    assert found["NODE_OPTIONS"] == f'--require "{BUNDLES.node_shim}"'
    assert found["PYTHONPATH"] == str(BUNDLES.python_shim)
    assert found["PHP_INI_SCAN_DIR"] == f":{BUNDLES.php}"
    assert shlex.split(found["JAVA_TOOL_OPTIONS"]) == [
        "-Dhttps.proxyHost=127.0.0.1",
        "-Dhttps.proxyPort=4001",
        "-Dhttp.nonProxyHosts=localhost|127.0.0.1|[::1]",
        f"-Djavax.net.ssl.trustStore={BUNDLES.p12}",
        "-Djavax.net.ssl.trustStoreType=PKCS12",
        "-Djavax.net.ssl.trustStorePassword=changeit",
    ]
    assert json.loads(found[SHIM]) == {
        "hosts": sorted(HOSTS),
        "host": "127.0.0.1",
        "port": 4002,
        "ca": str(BUNDLES.authority),
        "offline": False,
    }


def test_what_is_there_is_kept_beside_it() -> None:
    before = {
        "NODE_OPTIONS": "--max-old-space-size=512",
        "PYTHONPATH": "src",
        "PHP_INI_SCAN_DIR": "/etc/php",
        "JAVA_TOOL_OPTIONS": "-Xmx1g",
        "HTTP_PROXY": "http://proxy.example:3128",
    }

    found = variables(WAY, BUNDLES, before)

    assert found["NODE_OPTIONS"] == f'--require "{BUNDLES.node_shim}" --max-old-space-size=512'
    assert found["PYTHONPATH"] == f"{BUNDLES.python_shim}:src"
    assert found["PHP_INI_SCAN_DIR"] == f"/etc/php:{BUNDLES.php}"
    assert found["JAVA_TOOL_OPTIONS"].startswith("-Xmx1g -Dhttps.proxyHost=")
    assert "HTTP_PROXY" not in found


def test_ruby_requires_its_shim_where_the_path_has_no_space() -> None:
    assert variables(WAY, BUNDLES.mounted_at("/spapi"), {"RUBYOPT": "-W0"})["RUBYOPT"] == "-r/spapi/shim.rb -W0"
    assert "RUBYOPT" not in variables(WAY, BUNDLES, {})


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("internal.example, .corp.example", f"internal.example,.corp.example,{PAST}"),
        ("*", PAST),
        (".amazon.com,corp.example", f"corp.example,{PAST}"),
        ("*.amazonaws.com", PAST),
        ("sqs.us-east-1.amazonaws.com", f"sqs.us-east-1.amazonaws.com,{PAST}"),
        ("localhost", f"localhost,{PAST}".replace("localhost,localhost", "localhost")),
        ("AMAZON.COM:443", PAST),
    ],
)
def test_no_entry_of_no_proxy_leads_amazons_hosts_past_the_proxy(before: str, kept: str) -> None:
    assert variables(WAY, BUNDLES, {"NO_PROXY": before})["no_proxy"] == kept
    assert variables(WAY, BUNDLES, {"no_proxy": before})["NO_PROXY"] == kept


def test_offline_plain_http_goes_to_the_proxy_too_and_nothing_past_it() -> None:
    found = variables(OFFLINE, BUNDLES, {"NO_PROXY": "internal.example"})

    assert found["HTTP_PROXY"] == found["http_proxy"] == "http://127.0.0.1:4001"
    assert found["NO_PROXY"] == f"{PAST},market.example"
    assert "-Dhttp.proxyHost=127.0.0.1" in found["JAVA_TOOL_OPTIONS"]
    assert json.loads(found[SHIM])["offline"] is True


@pytest.mark.parametrize(
    ("host", "url"), [("0.0.0.0", "http://127.0.0.1:4001"), ("::", "http://[::1]:4001"), ("::1", "http://[::1]:4001")]
)
def test_a_proxy_for_every_address_is_reached_at_this_machines_own(host: str, url: str) -> None:
    assert Way(host, proxy=4001, tls=4002, market="http://127.0.0.1:8000").proxy_url == url


def test_a_shell_and_docker_read_what_is_said() -> None:
    values = {"A": "it's $HOME", "B": ""}

    assert as_shell(values) == "export A='it'\"'\"'s $HOME';\nexport B='';\n"
    assert as_docker(values) == "A=it's $HOME\nB=\n"


def test_a_container_sees_the_files_where_they_are_mounted() -> None:
    found = variables(WAY, BUNDLES.mounted_at("/spapi"), {})

    assert found["SSL_CERT_FILE"] == "/spapi/everyone.pem"
    assert str(TRUST) not in as_docker(found)


def test_a_hosts_file_has_amazons_names_first_and_what_was_there_behind_them() -> None:
    lines = hosts_file(f"127.0.0.1 localhost\n203.0.113.9 {NA}\n").splitlines()

    assert lines[-2:] == ["127.0.0.1 localhost", f"203.0.113.9 {NA}"]
    assert sorted(lines[:-2]) == sorted(f"127.0.0.1 {host}" for host in HOSTS)


@pytest.mark.parametrize(
    ("entry", "is_covered"),
    [
        ("amazon.com", True),
        (".amazon.com", True),
        ("*.amazon.com", True),
        ("*", True),
        (NA, True),
        (f"{NA}:443", True),
        ("na.amazon.com", False),
        ("mazon.com", False),
        ("10.0.0.0/8", False),
        (":443", False),
    ],
)
def test_an_entry_covers_a_name_and_what_is_below_it(entry: str, is_covered: bool) -> None:  # noqa: FBT001
    assert no_proxy.covers(entry, NA) is is_covered
