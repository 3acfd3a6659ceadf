"""Telegram's numbers as the rest of the program names them."""

from storage.addresses import TELEGRAM, Address, UpdateKey


def address_of(chat: int) -> Address:
    """Of a private chat; it has its person's own number."""
    return Address(TELEGRAM, str(chat))


def key_of(update_id: int) -> UpdateKey:
    return UpdateKey(TELEGRAM, update_id)
