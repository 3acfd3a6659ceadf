"""Sealed values: only the right key, row and bytes give them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.addresses import TELEGRAM, Address
from storage.vault import UnknownKey, Vault, new_key, read_keys

keys = st.binary(min_size=32, max_size=32)
texts = st.text(max_size=300)
rows = st.text(max_size=60)


@given(keys, texts, rows)
def test_what_was_sealed_comes_back(key: bytes, text: str, row: str) -> None:
    vault = Vault([key])
    sealed = vault.seal(text, row)
    assert vault.open(sealed, row) == text
    assert vault.seals(sealed)
    assert sealed != vault.seal(text, row), "nobody sees that two are alike"


@given(keys, texts, rows, rows)
def test_moved_to_another_row_it_is_refused(key: bytes, text: str, row: str, other: str) -> None:
    vault = Vault([key])
    if row != other:
        with pytest.raises(UnknownKey):
            vault.open(vault.seal(text, row), other)


@given(keys, texts, st.data())
def test_a_flipped_bit_is_refused(key: bytes, text: str, data: st.DataObject) -> None:
    vault = Vault([key])
    sealed = bytearray(vault.seal(text, "row"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(UnknownKey):
        vault.open(bytes(sealed), "row")


@given(keys, texts, st.data())
def test_what_was_cut_off_is_refused(key: bytes, text: str, data: st.DataObject) -> None:
    vault = Vault([key])
    sealed = vault.seal(text, "row")
    with pytest.raises(UnknownKey):
        vault.open(sealed[: data.draw(st.integers(0, len(sealed) - 1))], "row")


@given(st.binary(max_size=80))
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(UnknownKey):
        Vault([b"k" * 32]).open(garbage, "row")


@given(keys, keys, texts)
def test_a_key_that_is_not_at_hand_is_named_as_such(one: bytes, other: bytes, text: str) -> None:
    if one != other:
        sealed = Vault([one]).seal(text, "row")
        with pytest.raises(UnknownKey):
            Vault([other]).open(sealed, "row")
        assert Vault([other, one]).open(sealed, "row") == text
        assert not Vault([other, one]).seals(sealed)


@given(keys, keys, st.integers(1, 2**52))
def test_a_hash_is_the_same_only_under_the_same_key(one: bytes, other: bytes, chat: int) -> None:
    address = Address(TELEGRAM, str(chat))
    hashes = [Vault([key]).look(address) for key in (other, one)]
    assert hashes[1] == Vault([one]).look(str(chat))
    assert Vault([other, one]).looks(address) == hashes
    if one != other:
        assert hashes[0] != hashes[1]


def test_keys_are_read_as_they_are_written() -> None:
    first, second = new_key(), new_key()
    assert first != second
    assert read_keys(f"# mine\n{first}\n\n{second}") == read_keys(f"{first},{second}")


@pytest.mark.parametrize("keys", [[], [b"short"], [b"k" * 32, b""]])
def test_a_vault_wants_whole_keys(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="keys"):
        Vault(keys)
