"""Which addresses of the network may be asked: public ones, and those of hosts that the settings name."""

import ipaddress
import socket

from pipeline.errors import SourceError

Private = bool | tuple[str, ...]
"""True: any address; else the hosts, as `host:port`, whose private addresses may be asked."""

# Addresses that carry another: IPv4 behind NAT64 (RFC 6052), IPv4-compatible (RFC 4291, 2.5.5.1), IPv4-translated (RFC 2765).
_CARRIERS = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96"))
# Of IANA's registries of special addresses what Python 3.11 does not know or takes for global: NAT64 within a network
# (RFC 8215), segment routing (RFC 9602), documentation (RFC 9637), protocol assignments (RFC 6890), 6to4 relays (RFC 7526);
# and site-local addresses, deprecated by RFC 3879, which are still routed inside some networks.
_NOBODYS = tuple(
    ipaddress.ip_network(net)
    for net in ("64:ff9b:1::/48", "5f00::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24", "fec0::/10")
)
_LOW = 0xFFFFFFFF
_ISATAP = (0x00005EFE, 0x02005EFE)  # the half before the IPv4 address: RFC 5214, 6.1


def resolved(host: str, port: int, private: Private, about: str) -> tuple[str, ...]:
    """The addresses of a host, in the order they are to be tried; each has been looked at.

    One that is not public is enough to refuse: a name that leads both ways is made to deceive.
    Raises `SourceError` fetch_failed or private_address, about the document `about`.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, OverflowError) as error:
        remedy = "Open the address in a browser, and save the page as a file if it opens there."
        nowhere = SourceError("fetch_failed", f"The name {host} leads nowhere.", remedy, about=about)
        nowhere.lost = "silent"  # a resolver that is down knows no name either
        raise nowhere from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not (_may_be_private(host, port, private) or all(map(is_public, addresses))):
        raise SourceError(
            "private_address",
            f"{host} is not a public address.",
            f'Save the page as a file, or set allow_private_urls = ["{host}:{port}"] in marbre.toml if you trust it.',
            about=about,
        )
    return addresses


def _may_be_private(host: str, port: int, private: Private) -> bool:
    return private if isinstance(private, bool) else f"{host}:{port}" in private


def is_public(address: str) -> bool:
    """Whether an IP address, and each that it carries, can be reached by everybody."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.is_multicast or not ip.is_global or any(ip in net for net in _NOBODYS):
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return True
    inner = ip.ipv4_mapped or ip.sixtofour or _carried(ip)
    return inner is None or is_public(str(inner))


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    carries = any(ip in net for net in _CARRIERS) or (int(ip) >> 32) & _LOW in _ISATAP
    return ipaddress.IPv4Address(int(ip) & _LOW) if carries else None
