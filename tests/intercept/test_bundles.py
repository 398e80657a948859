from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12

from sellingpartner.intercept.authority import Authority
from sellingpartner.intercept.bundles import P12_PASSWORD, bundle


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.at(tmp_path_factory.mktemp("home") / "tls")


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody whom a program trusts already, such as a company's own authority; its file ends without a newline."""
    path = Authority.at(tmp_path_factory.mktemp("another") / "tls").certificate
    path.write_bytes(path.read_bytes().rstrip())
    return path


def trusted(path: Path) -> set[bytes]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(path)
    return set(context.get_ca_certs(binary_form=True))


def test_who_was_trusted_still_is(authority: Authority, another: Path) -> None:
    own, theirs = trusted(authority.certificate), trusted(another)

    found = bundle(authority, {"SSL_CERT_FILE": str(another), "NODE_EXTRA_CA_CERTS": str(another)})

    assert trusted(found.everyone) == trusted(found.node) == own | theirs
    assert trusted(found.authority) == own


def test_where_nobody_is_named_the_system_is_trusted(authority: Authority) -> None:
    found = bundle(authority, {"SSL_CERT_FILE": "/no/such/file"})

    assert trusted(found.everyone) > trusted(authority.certificate)
    assert trusted(found.node) == trusted(authority.certificate)


def test_java_reads_the_same_in_its_own_form(authority: Authority, another: Path) -> None:
    spoiled = another.with_name("spoiled.pem")
    spoiled.write_bytes(another.read_bytes() + b"\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")

    found = bundle(authority, {"REQUESTS_CA_BUNDLE": str(spoiled)})

    store = pkcs12.load_pkcs12(found.p12.read_bytes(), P12_PASSWORD.encode())
    kept = {one.certificate.subject.rfc4514_string() for one in store.additional_certs}
    assert (store.key, len(store.additional_certs), len(kept)) == (None, 2, 1)


def test_the_folder_that_programs_see_holds_no_key(authority: Authority) -> None:
    found = bundle(authority, {})

    texts = [path.read_bytes() for path in found.folder.rglob("*") if path.is_file()]
    assert len(texts) == 8
    assert [text for text in texts if b"PRIVATE KEY" in text] == []
    assert {path.stat().st_mode & 0o044 for path in [found.folder, *found.folder.rglob("*")]} == {0o044}
    assert found.mounted_at("/spapi").python_shim == Path("/spapi/python")
