"""As much of an IMAP server (RFC 3501) as reading one folder needs, on a free port of this machine."""

from __future__ import annotations

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "bounces@example.org", "Grüße:1"


@dataclass
class Folder:
    """The messages of INBOX, and the numbers of those that were seen. `hangs_up` ends the connection at that word."""

    messages: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    hangs_up: str = ""
    tls: ssl.SSLContext | None = None


class _Talk(socketserver.StreamRequestHandler):
    folder: Folder

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, command = line.partition(" ")
            word = command.split()[1 if command.upper().startswith("UID") else 0].upper()
            if word == self.folder.hangs_up:
                return
            answer = getattr(self, f"on_{word.lower()}")(command)
            self.say(f"{tag} {answer or 'OK done'}")
            if word == "STARTTLS" and self.folder.tls is not None:
                try:
                    self.connection = self.folder.tls.wrap_socket(self.connection, server_side=True)
                except ssl.SSLError:  # the client does not trust us
                    return
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)  # type: ignore[assignment]  # unbuffered, as the handler makes it
            if word == "LOGOUT":
                return

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def on_capability(self, command: str) -> None:
        self.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN" + (" STARTTLS" if self.folder.tls else ""))

    def on_starttls(self, command: str) -> None:
        pass

    def on_authenticate(self, command: str) -> str | None:
        self.say("+ ")
        told = base64.b64decode(self.rfile.readline().strip()).decode()
        return None if told == f"\0{USER}\0{PASSWORD}" else "NO [AUTHENTICATIONFAILED] Invalid credentials"

    def on_select(self, command: str) -> str | None:
        if command.split(" ", 1)[1] != '"INBOX"':
            return "NO no such folder"
        self.say(f"* {len(self.folder.messages)} EXISTS")
        return "OK [READ-WRITE] done"

    def on_search(self, command: str) -> None:
        unseen = [str(n) for n in range(1, len(self.folder.messages) + 1) if n not in self.folder.seen]
        self.say(" ".join(["* SEARCH", *unseen]))

    def on_fetch(self, command: str) -> None:
        found = re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command)
        assert found is not None, command
        number, raw = int(found[1]), self.folder.messages[int(found[1]) - 1][: int(found[2])]
        self.wfile.write(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")

    def on_store(self, command: str) -> None:
        found = re.fullmatch(r"UID STORE ([\d,]+) \+FLAGS\.SILENT \(\\Seen\)", command)
        assert found is not None, command
        self.folder.seen |= {int(number) for number in found[1].split(",")}

    def on_logout(self, command: str) -> None:
        self.say("* BYE")


@contextmanager
def imap_server(folder: Folder) -> Iterator[str]:
    """The server; gives host and port."""
    handler = type("Talk", (_Talk,), {"folder": folder})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
