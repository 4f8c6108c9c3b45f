"""What a message that comes back says: which of ours it was, and whether it failed for good. Pure.

Reports after RFC 3464 are read as such. Of other messages only those are understood that a mail
program sent to our signed return address and that name a status of failure; all others say nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mail
from email.utils import getaddresses
from typing import Final

#: Where a copy of our own message has its signed name.
HEADER: Final = "X-IFN-Message"
#: Headers in which mail servers write the address that a message came to.
_TO: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_HEADER_IN_TEXT: Final = re.compile(rf"^{HEADER}:\s*(\S+)\s*$", re.MULTILINE | re.IGNORECASE)
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CODE: Final = re.compile(r"\b(5\d\d)\b")
#: Permanent failures that say the address itself is at fault (RFC 3463): mailboxes that never were,
#: moved or are disabled, and domains that do not exist. A full mailbox, a rejected text or a
#: policy is no reason to write there never again.
_ADDRESS_IS_BAD: Final = re.compile(r"5\.(1\.(?:1|2|3|6|10)|2\.1|4\.4|4\.310)")
_SENDERS: Final = ("mailer-daemon", "postmaster")
#: More text than this is not searched.
_MOST_TEXT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Returned:
    """A failure: the signed name of our message, the status (5.1.1), and the server's code."""

    token: str
    status: str
    code: int

    @property
    def is_for_good(self) -> bool:
        """Say whether nothing will ever reach the address."""
        return bool(_ADDRESS_IS_BAD.fullmatch(self.status))


def read(mail: Mail, extension_of: str = "") -> Returned | None:
    """Return what a message says came back; nothing where it says no such thing clearly.

    ``extension_of`` is the return address, to which names of messages are added after a plus sign.
    """
    token = _token(mail, extension_of)
    if not token:
        return None
    if mail.get_content_type() == "multipart/report":
        return _from_report(mail, token)
    return _from_words(mail, token)


def _from_report(mail: Mail, token: str) -> Returned | None:
    """Read the part for machines: a group of fields for each recipient, after one for the message.

    We write to one person at a time. Where it was forwarded to several, the worst counts.
    """
    failures = [
        Returned(token, status, _code_of(str(group.get("Diagnostic-Code", ""))))
        for group in _groups(mail)
        if str(group.get("Action", "")).strip().lower() == "failed"
        and (status := _status_of(str(group.get("Status", ""))))
    ]
    return max(failures, key=lambda one: one.is_for_good, default=None)


def _groups(mail: Mail) -> Iterator[Mail]:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            yield from (one for one in payload if isinstance(one, Mail))


def _from_words(mail: Mail, token: str) -> Returned | None:
    sender = str(mail.get("From", "")).lower()
    answers = str(mail.get("Auto-Submitted", "")).strip().lower()
    is_of_server = any(name in sender for name in _SENDERS) and answers != "auto-replied"
    if not is_of_server:
        return None
    # What stands below is a copy of our own message, whose words say nothing.
    text = _text(mail).partition(HEADER)[0]
    found = {match.group() for match in _STATUS.finditer(text) if match.group(1) != "2"}
    if len(found) != 1:
        return None
    return Returned(token, found.pop(), _code_of(text))


def _token(mail: Mail, extension_of: str) -> str:
    """Return the signed name of our message: from where it came to, else from the copy within."""
    user, _, domain = extension_of.lower().rpartition("@")
    for _name, address in getaddresses(
        [str(value) for name in _TO for value in mail.get_all(name, [])]
    ):
        local, _, at = address.lower().rpartition("@")
        if user and at == domain and local.startswith(f"{user}+"):
            return local.removeprefix(f"{user}+")
    for part in mail.walk():
        if part is not mail and part.get(HEADER):
            return str(part[HEADER]).strip().lower()
    match = _HEADER_IN_TEXT.search(_text(mail))
    return match.group(1).lower() if match else ""


def _text(mail: Mail) -> str:
    """Return what stands in a message as text, also headers of ours that a server gives back."""
    texts = []
    for part in mail.walk():
        if part.get_content_type() in {"text/plain", "text/rfc822-headers"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                texts.append(payload[:_MOST_TEXT].decode("utf-8", "replace"))
    return "\n".join(texts)


def _status_of(text: str) -> str:
    match = _STATUS.search(text)
    return match.group() if match else ""


def _code_of(text: str) -> int:
    """Return the server's code of a permanent failure; 550 where it gives none."""
    match = _CODE.search(text)
    return int(match.group(1)) if match else 550
