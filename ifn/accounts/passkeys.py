"""The ceremonies of passkeys (WebAuthn): what to ask a device for, and whether its answer is right.

The library checks signatures, origins and challenges; this says for which host, and that the device
must make sure who holds it, so that a passkey alone is two factors.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ifn.accounts.models import Passkey, User

#: Under this name the session keeps what the device was asked.
ASKED = "passkey"
NAME = "Indonesia Footwear Network"
#: Far above any device's answer.
LONGEST = 20_000


class NotAccepted(Exception):  # noqa: N818
    """The device's answer is not one to what was asked, or is signed by another key."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey, as it is stored."""

    credential: str
    public: str
    uses: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A passkey that a device used: which one, for whom, and how often so far."""

    credential: str
    handle: str
    uses: int


def is_possible(request: HttpRequest) -> bool:
    """Say whether browsers offer passkeys here: by name, and by HTTPS unless on one's machine."""
    host = _host(request)
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def ask_to_make(
    request: HttpRequest, person: User, handle: str, known: Iterable[Passkey]
) -> dict[str, Any]:
    """Return what makes a device create a passkey for a person."""
    options, asked = _server(request).register_begin(
        PublicKeyCredentialUserEntity(
            id=bytes.fromhex(handle),
            name=person.email or person.phone or person.name,
            display_name=person.name,
        ),
        credentials=_descriptors(known),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[ASKED] = dict(asked)
    return _plain(dict(options))


def made(request: HttpRequest, answer: str) -> Made:
    """Return the passkey a device created.

    Raises:
        NotAccepted: The answer does not fit what was asked.

    """
    asked = request.session.pop(ASKED, None)
    try:
        response = RegistrationResponse.from_dict(_read(answer))
        data = _server(request).register_complete(asked, response)
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError) as fault:
        raise NotAccepted from fault
    if data.credential_data is None:
        raise NotAccepted
    return Made(
        websafe_encode(data.credential_data.credential_id),
        websafe_encode(bytes(data.credential_data)),
        data.counter,
    )


def ask_to_show(request: HttpRequest, known: Iterable[Passkey] = ()) -> dict[str, Any]:
    """Return what makes a device use a passkey: one of these, or any it has for this platform."""
    options, asked = _server(request).authenticate_begin(
        _descriptors(known) or None, user_verification=UserVerificationRequirement.REQUIRED
    )
    request.session[ASKED] = dict(asked)
    return _plain(dict(options))


def named(answer: str) -> str:
    """Return which passkey an answer says it was given with; nothing is checked yet.

    Raises:
        NotAccepted: It says nothing that can be read.

    """
    name = _read(answer).get("id")
    if not isinstance(name, str):
        raise NotAccepted
    return name


def shown(request: HttpRequest, passkey: Passkey, answer: str) -> Shown:
    """Return how a device used this passkey.

    Raises:
        NotAccepted: The answer does not fit what was asked, or another key signed it.

    """
    asked = request.session.pop(ASKED, None)
    try:
        response = AuthenticationResponse.from_dict(_read(answer))
        key = AttestedCredentialData(websafe_decode(passkey.public))
        _server(request).authenticate_complete(asked, [key], response)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise NotAccepted from fault
    handle = response.response.user_handle
    return Shown(
        passkey.credential,
        handle.hex() if handle else "",
        response.response.authenticator_data.counter,
    )


def _server(request: HttpRequest) -> Fido2Server:
    # The host is one of the allowed ones; the middleware has refused all others.
    origin = f"{request.scheme}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=NAME, id=_host(request)),
        verify_origin=lambda said: said == origin,
    )


def _host(request: HttpRequest) -> str:
    host = request.get_host()
    return host if host.endswith("]") else host.rsplit(":", 1)[0]


def _descriptors(known: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(key.credential)
        )
        for key in known
    ]


def _read(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer) if len(answer) <= LONGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotAccepted
    return found


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """Return options as JSON has them."""
    found: dict[str, Any] = json.loads(json.dumps(options, default=dict))
    return found
