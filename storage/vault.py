"""Sealing what must not be readable in the database file: who a reporter is, raw updates.

AES-GCM-SIV with a random nonce; the row's id is bound in, so a sealed value cannot be moved to
another row. Each value begins with the id of its key, so keys can be rotated. Looking somebody up
needs no opening: a keyed hash (HMAC-SHA256) of the identity is kept beside it.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage.addresses import TELEGRAM, Address

KEY_BYTES = 32
_ID, _NONCE = 4, 12


class UnknownKey(Exception):  # noqa: N818 - it reads as what happened
    """A value was sealed with a key that is not at hand, or was tampered with."""


class Vault:
    """The keys of this installation; the first one seals, all of them open."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"a vault needs keys of {KEY_BYTES} bytes")
        self._sealing = {key_id(key): AESGCMSIV(_derived(key, b"seal")) for key in keys}
        self._looking = [_derived(key, b"look") for key in keys]
        self.current = key_id(keys[0])

    @property
    def key_ids(self) -> tuple[str, ...]:
        return tuple(key.hex() for key in self._sealing)

    def seal(self, text: str, row: str) -> bytes:
        """Only `open` with the same `row` gives the text back."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._sealing[self.current].encrypt(nonce, text.encode(), row.encode())
        return self.current + nonce + sealed

    def open(self, sealed: bytes, row: str) -> str:
        """Raises UnknownKey: the key is missing, or the value was changed or moved."""
        key, nonce = sealed[:_ID], sealed[_ID : _ID + _NONCE]
        try:
            return self._sealing[key].decrypt(nonce, sealed[_ID + _NONCE :], row.encode()).decode()
        except (KeyError, ValueError, InvalidTag):  # ValueError: cut off
            raise UnknownKey(f"key {key.hex()}") from None

    def seals(self, sealed: bytes) -> bool:
        """Whether the current key holds this value, not an older one."""
        return sealed[:_ID] == self.current

    def look(self, identity: Address | str) -> str:
        """The hash to find an identity by."""
        return self.looks(identity)[0]

    def looks(self, identity: Address | str) -> list[str]:
        """The same under every key, the current one first."""
        plain = (_plain(identity) if isinstance(identity, Address) else identity).encode()
        return [hmac.new(key, plain, hashlib.sha256).hexdigest() for key in self._looking]


def _plain(address: Address) -> str:
    """What is hashed. Of Telegram the bare id, as it was before there was another channel, so that
    whoever was hashed then is found again; another channel may have an id of the same digits.
    """
    return address.id if address.channel == TELEGRAM else f"{address.channel}:{address.id}"


def key_id(key: bytes) -> bytes:
    """Names a key without telling it."""
    return hashlib.sha256(b"id" + key).digest()[:_ID]


def new_key() -> str:
    """A fresh key as it is written to the key file."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def read_keys(text: str) -> list[bytes]:
    """Keys from a file or an environment variable: base64, one a line or parted by commas.

    Raises ValueError for anything else.
    """
    lines = [line.strip() for line in text.replace(",", "\n").splitlines()]
    try:
        keys = [base64.b64decode(line, validate=True) for line in lines if line and line[0] != "#"]
    except ValueError:  # its words are about base64, not about keys
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError(f"this is no key; keys are base64 of {KEY_BYTES} bytes each")
    return keys


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, purpose, hashlib.sha256).digest()
