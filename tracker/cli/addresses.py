"""Network addresses to serve at: whether one is free, and finding one that is."""

from __future__ import annotations

import socket

from tracker.domain.errors import Refused


def netloc(host: str, port: int) -> str:
    """Both as they stand in an address: `127.0.0.1:5000`, `[::1]:5000`."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(1)
        except OSError:
            return False
    return True


def must_be_free(host: str, port: int) -> None:
    """Raise Refused, with what to do, where no server could listen."""
    if not is_free(host, port):
        raise Refused(f"Port {port} of {host} cannot be used: it is taken, or not yours. Choose another with --port.")


def any_free_port(host: str) -> int:
    """A free port, as the system chooses one."""
    with socket.socket() as listener:
        listener.bind((host, 0))
        port: int = listener.getsockname()[1]
        return port
