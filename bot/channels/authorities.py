"""Whose certificates are believed: read once for all connections, and by who speaks TLS only.

Each copy of them takes tens of milliseconds to read and more than a megabyte to hold.
"""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The authorities of httpx, or those that SSL_CERT_FILE and SSL_CERT_DIR name."""
    return httpx.create_ssl_context()


def trusted_at(url: str) -> ssl.SSLContext:
    """The same for an address with TLS; one without it needs none, and nobody is trusted there."""
    return trusted() if url.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
