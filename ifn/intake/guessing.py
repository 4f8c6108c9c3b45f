"""What a list's header is remembered by; pure."""

from collections.abc import Sequence

from ifn.linkage.identity import fingerprint


def header_digest(header: Sequence[str]) -> str:
    """Return the digest under which it is remembered how lists with this header are read."""
    return fingerprint(header)
