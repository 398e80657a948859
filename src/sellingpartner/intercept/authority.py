"""A certificate authority of a market's own: made at the first need, kept in its folder, trusted by whom you tell.

It is two certificates. The root is what programs trust; its key is forgotten as soon as it has signed the signer's. The
signer's key is kept (0600), and signs one certificate for all of Amazon's hosts. Both are constrained to those hosts
(`constraints.py`): Java holds nobody to that whom it is told to trust, but everybody below. All is made anew in time,
and when the hosts of this version are other ones.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sellingpartner.contract.hosts import HOSTS
from sellingpartner.intercept.constraints import name_constraints
from sellingpartner.intercept.folders import locked, make_folder, write

_CA_CERTIFICATE, _SIGNER, _LEAF = "ca.pem", "ca.key", "leaf.pem"
_CA_LASTS = timedelta(days=3650)
_LEAF_LASTS = timedelta(days=397)  # Apple's systems take no certificate that lasts longer
_RENEWED_BEFORE = timedelta(days=30)
_CLOCKS_DIFFER = timedelta(days=1)
_USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
_ORGANIZATION = "A market of sellingpartner, on this machine"

Key = ec.EllipticCurvePrivateKey
Signer = tuple[x509.Certificate, Key]


@dataclass(frozen=True)
class Authority:
    """The authority of a folder, with a certificate for Amazon's hosts that is good."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Authority:
        """The authority of a folder, made or renewed where that is due; raises `CannotIntercept`."""
        make_folder(folder)
        authority = cls(folder)
        with locked(folder):
            signer = _kept_signer(folder)
            if signer is None:
                root, signer = _new_authority()
                write(folder / _SIGNER, _pem(signer[0]) + _bytes_of(signer[1]), secret=True)
                write(authority.certificate, _pem(root))
            if not _is_kept_leaf_of(signer[0], folder / _LEAF):
                key = ec.generate_private_key(ec.SECP256R1())
                chain = _pem(_leaf(key, signer)) + _pem(signer[0])
                write(folder / _LEAF, chain + _bytes_of(key), secret=True)
        return authority

    @property
    def certificate(self) -> Path:
        """The file of the authority's certificate, which is no secret: whoever trusts it is led here."""
        return self.folder / _CA_CERTIFICATE

    def context(self) -> ssl.SSLContext:
        """What the end of a server is wrapped with; HTTP/1.1 is all that it offers."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.folder / _LEAF)
        context.set_alpn_protocols(["http/1.1"])
        return context


def _kept_signer(folder: Path) -> Signer | None:
    """The signer that is kept, if it belongs to the root that is, lasts, and is for the hosts of today."""
    try:
        root = x509.load_pem_x509_certificate((folder / _CA_CERTIFICATE).read_bytes())
        kept = (folder / _SIGNER).read_bytes()
        certificate, key = x509.load_pem_x509_certificate(kept), serialization.load_pem_private_key(kept, None)
        certificate.verify_directly_issued_by(root)
        constraints = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    except Exception:  # noqa: BLE001 - whatever is wrong with them, others are made
        return None
    if not isinstance(key, Key) or certificate.public_key() != key.public_key():
        return None
    if not _lasts(certificate) or constraints != name_constraints():
        return None
    (folder / _SIGNER).chmod(0o600)
    return certificate, key


def _is_kept_leaf_of(authority: x509.Certificate, path: Path) -> bool:
    try:
        leaf = x509.load_pem_x509_certificate(path.read_bytes())
        leaf.verify_directly_issued_by(authority)
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception:  # noqa: BLE001 - whatever is wrong with it, another one is made
        return False
    return _lasts(leaf) and set(names.get_values_for_type(x509.DNSName)) == HOSTS


def _lasts(certificate: x509.Certificate) -> bool:
    return _now() + _RENEWED_BEFORE < certificate.not_valid_after_utc


def _new_authority() -> tuple[x509.Certificate, Signer]:
    """A root, and the signer below it; nobody has the root's key from here on."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = _name("Root")
    root = _authority(name, root_key, below=1).issuer_name(name).sign(root_key, hashes.SHA256())
    signer = _authority(_name("Signer"), key, below=0).issuer_name(name)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return root, (signer.add_extension(issuer, critical=False).sign(root_key, hashes.SHA256()), key)


def _authority(name: x509.Name, key: Key, *, below: int) -> x509.CertificateBuilder:
    """One that may sign, with so many others below it that may."""
    public = key.public_key()
    builder = _lasting(_CA_LASTS).subject_name(name).public_key(public)
    for extension in (
        x509.BasicConstraints(ca=True, path_length=below),
        _usage(key_cert_sign=True, crl_sign=True),
        name_constraints(),
    ):
        builder = builder.add_extension(extension, critical=True)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)


def _leaf(key: Key, signer: Signer) -> x509.Certificate:
    authority, signing_key = signer
    # Its subject looks like no host: where there is one, some verifiers hold that against the constraints as well.
    builder = _lasting(_LEAF_LASTS).subject_name(_name("Server")).issuer_name(authority.subject)
    builder = builder.public_key(key.public_key())
    own, theirs = key.public_key(), signing_key.public_key()
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in sorted(HOSTS)])
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(theirs), critical=False)
        .sign(signing_key, hashes.SHA256())
    )


def _lasting(time: timedelta) -> x509.CertificateBuilder:
    begins = _now() - _CLOCKS_DIFFER
    builder = x509.CertificateBuilder().serial_number(x509.random_serial_number())
    return builder.not_valid_before(begins).not_valid_after(begins + time)


def _name(what: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _ORGANIZATION),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, what),
        ]
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: allowed.get(use, False) for use in _USES})


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _bytes_of(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _now() -> datetime:
    return datetime.now(UTC)
