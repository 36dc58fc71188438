"""A mail server that takes what is sent to it, by the protocol itself; some addresses it refuses."""

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy

HOST = "127.0.0.1"
REFUSED = "nobody@"


@dataclass
class Taken:
    port: int = 0
    messages: list = field(default_factory=list)


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.take()
            elif verb == b"RCPT" and REFUSED.encode() in line:
                self.say("550 no such mailbox")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def take(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.taken.messages.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.say("250 taken")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server():
    """Yields what it takes, and the port it listens on."""
    with socketserver.ThreadingTCPServer((HOST, 0), Talk) as server:
        server.daemon_threads = True
        server.taken = Taken(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.taken
        finally:
            server.shutdown()
            thread.join()
