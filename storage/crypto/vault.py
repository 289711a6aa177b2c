"""Sealing: AES-256-GCM over padded text, bound to table, column and row; and keyed tags by which sealed rows are found.

Data keys are random, one per epoch and purpose, and lie in the database wrapped by the epoch's key. Index keys are
derived from the epoch's key (HKDF, RFC 5869) and die with it: a chat id under a known key is found in hours.

Envelope: 1 byte version, 4 bytes epoch, 12 bytes nonce, then the sealed text. Padding: 4 bytes length, zeros up to a
multiple of 256, so that lengths tell little.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.crypto.keyring import KEY_BYTES, KeyRing
from storage.crypto.sealed_columns import SealedColumn
from storage.errors import SealBrokenError, WrongKeyError

_VERSION: Final = 1
_STEP: Final = 256
"""Bytes to a multiple of which a sealed text is padded."""

_NONCE = 12
_HEADER = 5


def wrap(key: bytes, *, by: bytes, epoch: int, purpose: str) -> bytes:
    """Wrap a data key by an epoch key."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(by).encrypt(nonce, key, _wrapping(epoch, purpose))


def unwrap(wrapped: bytes, *, by: bytes, epoch: int, purpose: str) -> bytes:
    """Unwrap a data key. Raises WrongKeyError when the epoch key is not the one that wrapped it."""
    try:
        return AESGCM(by).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _wrapping(epoch, purpose))
    except InvalidTag:
        raise WrongKeyError(
            f"The key of {epoch} in the key folder is not the one this database was sealed with. "
            "Restore the right key folder from its backup; do not make new keys."
        ) from None


def _wrapping(epoch: int, purpose: str) -> bytes:
    return f"data_key|wrapped|{epoch}|{purpose}".encode()


def new_data_key() -> bytes:
    """Make a data key."""
    return os.urandom(KEY_BYTES)


class Vault:
    """Seals and opens values, and makes the tags that rows are found by."""

    def __init__(self, ring: KeyRing, data_keys: Mapping[tuple[int, str], bytes]) -> None:
        self.epoch = ring.epoch
        self.year = ring.year
        self.epochs = ring.epochs
        self._ciphers = {name: AESGCM(key) for name, key in data_keys.items()}
        self._index = {
            (epoch, purpose): _derive(ring.keys[epoch], purpose)
            for epoch in ring.epochs
            for purpose in ("conversation", "card_place", "trace", "receipt", "officer", "invite")
        }
        self._case = {year: _derive(key, "case") for year, key in ring.keys.items() if year not in ring.epochs}

    def seal(self, text: str, column: SealedColumn, *row: int | bytes) -> bytes:
        """Seal a text for one row of a column, under the present month or year as the column has it."""
        epoch = self.epoch if column.span == "month" else self.year
        plain = text.encode()
        padded = len(plain).to_bytes(4, "big") + plain
        padded += bytes(-len(padded) % _STEP)
        header = bytes((_VERSION,)) + epoch.to_bytes(4, "big")
        nonce = os.urandom(_NONCE)
        return header + nonce + self._ciphers[epoch, column.purpose].encrypt(nonce, padded, header + column.at(*row))

    def open(self, sealed: bytes, column: SealedColumn, *row: int | bytes) -> str:
        """Open a sealed text at its place. Raises SealBrokenError."""
        place = column.at(*row)
        try:
            header, nonce, body = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
            if header[0] != _VERSION:
                raise SealBrokenError
            cipher = self._ciphers[int.from_bytes(header[1:], "big"), column.purpose]
            padded = cipher.decrypt(nonce, body, header + place)
        except (InvalidTag, LookupError, TypeError, ValueError):  # changed, cut short, no bytes at all, unknown key
            raise SealBrokenError from None
        return padded[4 : 4 + int.from_bytes(padded[:4], "big")].decode()

    def tag(self, what: str, *, purpose: str, epoch: int) -> bytes:
        """Make the tag by which a row is found, under one live epoch."""
        return hmac.digest(self._index[epoch, purpose], what.encode(), hashlib.sha256)

    def case_tag(self, case: int, chat: int, *, year: int) -> bytes:
        """Make the tag that says "the same reporter" within one case, and nothing across cases."""
        return hmac.digest(self._case[year], f"{case}|{chat}".encode(), hashlib.sha256)[:16]


def _derive(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"nguontin index {purpose}".encode()).derive(key)
