"""For which names the market's authority may speak: Amazon's hosts, and no other name or address in the world.

Who steals its key can then pretend to be Amazon's Selling Partner API to those who trust it, and nobody else. A name
stands for itself and for what is below it (RFC 5280, 4.2.1.10).
"""

from __future__ import annotations

from ipaddress import ip_network

from cryptography import x509

from sellingpartner.contract.hosts import HOSTS

_EVERY_ADDRESS = (ip_network("0.0.0.0/0"), ip_network("::/0"))


def name_constraints() -> x509.NameConstraints:
    """The constraints, as a certificate holds them."""
    return x509.NameConstraints(
        permitted_subtrees=[x509.DNSName(host) for host in sorted(HOSTS)],
        excluded_subtrees=[x509.IPAddress(network) for network in _EVERY_ADDRESS],
    )
