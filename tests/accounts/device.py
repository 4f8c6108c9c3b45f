"""A phone in software that makes and uses passkeys, honestly or not."""

import json
from secrets import token_bytes

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Device:
    def __init__(self, origin=ORIGIN, flags=PRESENT_AND_VERIFIED, counts=True):
        self.origin, self.flags, self.counts = origin, flags, counts
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name, self.handle, self.uses = token_bytes(32), b"", 0

    def make(self, options):
        """Answer options for a new passkey."""
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        data = AttestedCredentialData.create(
            Aaguid(b"\0" * 16), self.name, ES256.from_cryptography_key(self.key.public_key())
        )
        made = AuthenticatorData.create(
            sha256(asked["rp"]["id"].encode()),
            self.flags | AuthenticatorData.FLAG.AT,
            self._count(),
            bytes(data),
        )
        said = self._said(CollectedClientData.TYPE.CREATE, asked)
        attested = AttestationObject.create("none", made, {})
        return self._answer(clientDataJSON=said, attestationObject=attested)

    def show(self, options, rp="localhost"):
        """Answer options for signing in."""
        shown = AuthenticatorData.create(sha256(rp.encode()), self.flags, self._count(), b"")
        said = self._said(CollectedClientData.TYPE.GET, options["publicKey"])
        signed = bytes(shown) + sha256(bytes(said))
        return self._answer(
            clientDataJSON=said,
            authenticatorData=shown,
            signature=self.key.sign(signed, ec.ECDSA(hashes.SHA256())),
            userHandle=self.handle,
        )

    def _count(self):
        self.uses += self.counts
        return self.uses

    def _said(self, kind, asked):
        return CollectedClientData.create(kind, websafe_decode(asked["challenge"]), self.origin)

    def _answer(self, **response):
        encoded = {name: websafe_encode(bytes(value)) for name, value in response.items()}
        name = websafe_encode(self.name)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": encoded,
                "clientExtensionResults": {},
            }
        )
