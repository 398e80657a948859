"""Whom a program is to trust: whom it trusted before, and the market's authority besides.

What programs need lies in a folder of its own, without any key, so that it may be mounted into a container.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from warnings import catch_warnings, simplefilter

from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from sellingpartner.intercept.authority import Authority
from sellingpartner.intercept.folders import make_readable_folder, write

NAMED_BY = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "AWS_CA_BUNDLE")
NODE = "NODE_EXTRA_CA_CERTS"
P12_PASSWORD = "changeit"  # noqa: S105 - Java's own word for a file of certificates, which are no secret

_FOLDER = "trust"
_USUAL = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_PHP = b'curl.cainfo = "${SSL_CERT_FILE}"\nopenssl.cafile = "${SSL_CERT_FILE}"\n'
"""PHP's curl and its streams read no variables, but its settings do."""
_SHIMS = Path(__file__).with_name("shims")


@dataclass(frozen=True)
class Bundles:
    """The files that variables name."""

    folder: Path
    authority: Path
    "The market's authority alone, for what adds it to whom it trusts already."
    everyone: Path
    "Everyone, for what is told of one file only."
    node: Path
    p12: Path
    python_shim: Path
    node_shim: Path
    ruby_shim: Path
    php: Path

    def mounted_at(self, place: str) -> Bundles:
        """The same files, where a container sees the folder."""
        moved = {name: Path(place) / path.relative_to(self.folder) for name, path in vars(self).items()}
        return replace(self, **moved)


def bundle(authority: Authority, environ: Mapping[str, str]) -> Bundles:
    """Write what a program with this environment needs; raises `CannotIntercept`."""
    folder = make_readable_folder(authority.folder.absolute() / _FOLDER)
    own = authority.certificate.read_bytes()
    before = _trusted_before(environ)
    node = _read([environ[NODE]]) if environ.get(NODE) else b""
    found = Bundles(
        folder=folder,
        authority=write(folder / "ca.pem", own),
        everyone=write(folder / "everyone.pem", before + own),
        node=write(folder / "node.pem", node + own),
        p12=write(folder / "java.p12", _for_java(before + own)),
        python_shim=make_readable_folder(folder / "python"),
        node_shim=folder / "shim.cjs",
        ruby_shim=folder / "shim.rb",
        php=make_readable_folder(folder / "php"),
    )
    write(found.python_shim / "sitecustomize.py", (_SHIMS / "python" / "sitecustomize.py").read_bytes())
    write(found.php / "spapi.ini", _PHP)
    write(found.ruby_shim, (_SHIMS / "ruby" / "shim.rb").read_bytes())
    write(found.node_shim, (_SHIMS / "node" / "shim.cjs").read_bytes())
    return found


def _trusted_before(environ: Mapping[str, str]) -> bytes:
    """The files that the environment names; where it names none, the system's, and where there is none, certifi's."""
    named = dict.fromkeys(path for name in NAMED_BY if (path := environ.get(name)) and Path(path).is_file())
    return _read(named or [_system()])


def _system() -> str:
    usual = ssl.get_default_verify_paths().cafile
    for path in (usual, *_USUAL):
        if path and Path(path).is_file():
            return path
    certifi = find_spec("certifi")
    return "" if certifi is None or certifi.origin is None else str(Path(certifi.origin).with_name("cacert.pem"))


def _read(paths: Iterable[str]) -> bytes:
    texts = [Path(path).read_bytes() for path in paths if path and Path(path).is_file()]
    return b"".join(text if text.endswith(b"\n") else text + b"\n" for text in texts)


def _for_java(pem: bytes) -> bytes:
    """The same for Java, which takes the place of its own list by it; what it could not read is left out."""
    certificates: dict[bytes, x509.Certificate] = {}
    for text in _CERTIFICATE.findall(pem):
        try:
            with catch_warnings():
                simplefilter("ignore")  # of old ones that are trusted all the same
                certificate = x509.load_pem_x509_certificate(text)
                _ = certificate.subject, certificate.extensions
        except ValueError:
            continue
        certificates[certificate.tbs_certificate_bytes] = certificate
    named = [
        pkcs12.PKCS12Certificate(certificate, f"trusted-{number}".encode())
        for number, certificate in enumerate(certificates.values())
    ]
    with catch_warnings():
        simplefilter("ignore")
        return pkcs12.serialize_java_truststore(named, BestAvailableEncryption(P12_PASSWORD.encode()))
