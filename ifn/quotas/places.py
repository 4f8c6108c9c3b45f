"""Where a request comes from, as quotas know it."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def place_of(request: HttpRequest) -> str:
    """Return the network address a request comes from; of IPv6 the part a household shares."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:  # set only where our own proxy writes the last entry
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
