"""Whole: certificates are judged by those who will judge them, OpenSSL's own program and Python's ssl."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from shutil import which
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sellingpartner.contract.hosts import HOSTS
from sellingpartner.intercept.authority import Authority
from sellingpartner.intercept.bundles import P12_PASSWORD, bundle
from sellingpartner.intercept.failures import CannotIntercept

OPENSSL = which("openssl")
NA = "sellingpartnerapi-na.amazon.com"
PEM = serialization.Encoding.PEM

Forged = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.at(tmp_path_factory.mktemp("home") / "tls")


def key_of(authority: Authority) -> Forged:
    """What a thief has: the signer's certificate and its key. The root's key was never written."""
    kept = (authority.folder / "ca.key").read_bytes()
    key = serialization.load_pem_private_key(kept, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return x509.load_pem_x509_certificate(kept), key


def forge(by: Forged, *names: str, common_name: str = "Forged", is_authority: bool = False) -> Forged:
    """A certificate that a thief of the key would like to be believed."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)]))
        .issuer_name(by[0].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by[1].public_key()), critical=False)
    )
    said = [x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name) for name in names]
    if said:
        builder = builder.add_extension(x509.SubjectAlternativeName(said), critical=False)
    return builder.sign(by[1], hashes.SHA256()), key


def openssl_says(authority: Authority, folder: Path, leaf: bytes, *between: bytes, host: str = NA) -> str:
    """What `openssl verify` has to say of a certificate; nothing if it is good."""
    assert OPENSSL is not None
    (folder / "leaf.pem").write_bytes(leaf)
    (folder / "between.pem").write_bytes(key_of(authority)[0].public_bytes(PEM) + b"".join(between))
    checking = ["-x509_strict", "-purpose", "sslserver"] + (
        ["-verify_ip"] if host[0].isdigit() else ["-verify_hostname"]
    )
    command = [OPENSSL, "verify", "-CAfile", str(authority.certificate), *checking, host]
    command += ["-untrusted", str(folder / "between.pem")]
    said = subprocess.run([*command, str(folder / "leaf.pem")], capture_output=True, text=True, check=False)
    return "" if said.returncode == 0 else said.stderr


def python_says(authority: Authority, folder: Path, forged: Forged, host: str) -> str:
    """What Python's ssl says of a server that shows this certificate; nothing if it lets itself be led there."""
    key = forged[1].private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain = forged[0].public_bytes(PEM) + key_of(authority)[0].public_bytes(PEM)
    (folder / "server.pem").write_bytes(chain + key)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "server.pem")
    return handshake(authority, server, host)


def handshake(authority: Authority, server: ssl.SSLContext, host: str) -> str:
    client = ssl.create_default_context(cafile=str(authority.certificate))
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    client.set_alpn_protocols(["h2", "http/1.1"])
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(back, there, server_hostname=host), server.wrap_bio(there, back, server_side=True)]
    while ends:
        for end in list(ends):
            try:
                end.do_handshake()
                ends.remove(end)
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError as reason:
                return str(reason)
    return ""


needs_java = pytest.mark.skipif(which("javac") is None, reason="there is no JDK")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")


@needs_openssl
@pytest.mark.parametrize("host", [NA, "api.amazon.co.uk", "sellercentral.amazon.com.br"])
def test_openssl_believes_the_certificate(authority: Authority, tmp_path: Path, host: str) -> None:
    assert openssl_says(authority, tmp_path, (authority.folder / "leaf.pem").read_bytes(), host=host) == ""


def test_python_believes_it_for_every_host(authority: Authority) -> None:
    assert {host: said for host in HOSTS if (said := handshake(authority, authority.context(), host))} == {}


@needs_openssl
@pytest.mark.parametrize(
    "name",
    [
        "example.com",
        "amazon.com",
        "www.amazon.com",
        "sqs.us-east-1.amazonaws.com",
        "s3.amazonaws.com",
        f"{NA}.evil.example",
        f"evil{NA}",
        "*.amazon.com",
        "localhost",
        "127.0.0.1",
        "203.0.113.9",
    ],
)
def test_who_steals_the_key_is_believed_for_no_other_name(authority: Authority, tmp_path: Path, name: str) -> None:
    forged = forge(key_of(authority), name)
    asked = name.replace("*", "www")

    assert "permitted subtree violation" in (
        said := openssl_says(authority, tmp_path, forged[0].public_bytes(PEM), host=asked)
    ) or ("excluded subtree violation" in said)
    assert "subtree violation" in python_says(authority, tmp_path, forged, asked)


JAVA = """
import java.net.*;
public class Asks {
    public static void main(String[] url) throws Exception {
        try {
            System.out.print(((HttpURLConnection) new URL(url[0]).openConnection()).getResponseCode());
        } catch (javax.net.ssl.SSLException reason) {
            System.out.print(reason.getMessage());
        }
    }
}
"""


@needs_java
def test_java_believes_who_steals_the_key_no_more_than_others_do(tmp_path: Path) -> None:
    authority = Authority.at(tmp_path / "tls")
    forged, key = forge(key_of(authority), "localhost")
    secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "server.pem").write_bytes(forged.public_bytes(PEM) + key_of(authority)[0].public_bytes(PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    (tmp_path / "Asks.java").write_text(JAVA)

    def answer_once() -> None:
        connection, _ = listening.accept()
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as inner:
            inner.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=answer_once, daemon=True).start()
        store = f"-Djavax.net.ssl.trustStore={bundle(authority, {}).p12}"
        command = ["java", store, f"-Djavax.net.ssl.trustStorePassword={P12_PASSWORD}", str(tmp_path / "Asks.java")]
        url = f"https://localhost:{listening.getsockname()[1]}/"
        said = subprocess.run([*command, url], capture_output=True, text=True, check=True)

    assert "name constraints check failed" in said.stdout


@needs_openssl
@pytest.mark.parametrize(
    ("names", "common_name"), [((NA, "example.com"), "Forged"), ((), "example.com")], ids=["beside", "as its subject"]
)
def test_another_name_beside_a_good_one_or_in_the_subject_is_refused(
    authority: Authority, tmp_path: Path, names: tuple[str, ...], common_name: str
) -> None:
    forged = forge(key_of(authority), *names, common_name=common_name)
    host = names[0] if names else common_name

    assert openssl_says(authority, tmp_path, forged[0].public_bytes(PEM), host=host) != ""
    assert python_says(authority, tmp_path, forged, host) != ""


@needs_openssl
def test_whom_it_signs_may_sign_nobody(authority: Authority, tmp_path: Path) -> None:
    between = forge(key_of(authority), is_authority=True)
    forged = forge(between, NA)

    said = openssl_says(authority, tmp_path, forged[0].public_bytes(PEM), between[0].public_bytes(PEM))

    assert "path length constraint exceeded" in said


def test_it_offers_http_1_1_alone(authority: Authority) -> None:
    server, client = authority.context(), ssl.create_default_context(cafile=str(authority.certificate))
    client.set_alpn_protocols(["h2", "http/1.1"])
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (client.wrap_bio(back, there, server_hostname=NA), server.wrap_bio(there, back, server_side=True))
    for end in (*ends, *ends):
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            continue

    assert ends[0].selected_alpn_protocol() == "http/1.1"
    assert server.minimum_version is ssl.TLSVersion.TLSv1_2


def test_keys_are_their_owners_alone(authority: Authority) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in authority.folder.iterdir()}

    assert modes == {"ca.pem": 0o644, "ca.key": 0o600, "leaf.pem": 0o600}
    assert authority.folder.stat().st_mode & 0o777 == 0o700


def test_what_is_kept_is_used_again(authority: Authority) -> None:
    before = {path.name: path.read_bytes() for path in authority.folder.iterdir()}

    Authority.at(authority.folder)

    assert {path.name: path.read_bytes() for path in authority.folder.iterdir()} == before


def broken(path: Path) -> None:
    path.write_bytes(b"-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n")


@pytest.mark.parametrize("spoil", [broken, Path.unlink], ids=["broken", "gone"])
@pytest.mark.parametrize(
    ("file", "anew"), [("leaf.pem", {"leaf.pem"}), ("ca.key", None), ("ca.pem", None)], ids=["leaf", "key", "authority"]
)
def test_what_is_broken_is_made_anew(
    tmp_path: Path, file: str, anew: set[str] | None, spoil: Callable[[Path], object]
) -> None:
    folder = Authority.at(tmp_path / "tls").folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    spoil(folder / file)
    authority = Authority.at(folder)

    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name for name in after if after[name] != before[name]} == (anew or set(after))
    assert handshake(authority, authority.context(), NA) == ""


def test_an_authority_for_other_hosts_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.intercept.constraints.HOSTS", frozenset({NA}))
    before = Authority.at(tmp_path / "tls").certificate.read_bytes()

    monkeypatch.undo()

    assert Authority.at(tmp_path / "tls").certificate.read_bytes() != before


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(CannotIntercept, match=r"cannot be made: File exists; go to a folder that you may write to\."):
        Authority.at(tmp_path / "file" / "tls")
