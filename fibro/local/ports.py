"""The address to serve at, checked before anything slow begins."""

import errno
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from .faults import Fault


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def url(self) -> str:
        everywhere = self.host in ("0.0.0.0", "::")
        return f"http://127.0.0.1:{self.port}" if everywhere else f"http://{self}"


def wanted(environ: Mapping[str, str] = os.environ) -> Address:
    """The address that PORT and HOST ask for."""
    text = environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Fault(f"PORT={text} is not a port. Choose a number from 1 to 65535: PORT=8000")
    return Address(environ.get("HOST") or "127.0.0.1", int(text))


def require_free(address: Address) -> None:
    try:
        family, kind, _, _, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            probe.listen()  # two may bind with SO_REUSEADDR where neither listens yet
    except OSError as error:
        raise Fault(_reason(error, address)) from None


def _reason(error: OSError, address: Address) -> str:
    other = address.port + 1 if 1024 <= address.port < 65535 else 8000
    if error.errno == errno.EADDRINUSE:
        return f"Port {address.port} is taken. Stop what uses it, or choose another: PORT={other}"
    if error.errno == errno.EACCES:
        return f"Port {address.port} is reserved for root. Choose another: PORT=8000"
    return f"HOST={address.host} is not an address of this machine. Use HOST=127.0.0.1"
