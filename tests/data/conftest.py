"""A server on the loopback address that behaves well or badly, as a test asks."""

from __future__ import annotations

import hashlib
import http.server
import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTENT = b"emma\nolivia\nava\n" * 20_000


class Server(http.server.ThreadingHTTPServer):
    """A server whose hanging answers end once it is released."""

    content = CONTENT
    sha256 = hashlib.sha256(CONTENT).hexdigest()

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.released = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the name of the path: each a way of a server to behave."""

    server: Server

    def do_GET(self) -> None:
        try:
            getattr(self, self.path.strip("/"))()
        except ConnectionError:
            pass  # the client hung up, as it may

    def log_message(self, *_: object) -> None:
        pass

    def begin(self, status: int = 200, **headers: object) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def good(self) -> None:
        self.begin(Content_Length=len(CONTENT))
        self.wfile.write(CONTENT)

    def no_length(self) -> None:
        self.begin()
        self.wfile.write(CONTENT)

    def chunked(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.begin(Transfer_Encoding="chunked")
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(CONTENT), CONTENT))

    def chunked_cut_short(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.begin(Transfer_Encoding="chunked")
        self.wfile.write(b"3e8\r\n" + CONTENT[:1000] + b"\r\n3e8\r\n" + CONTENT[:10])

    def redirected(self) -> None:
        self.begin(302, Location="/good", Content_Length=0)

    def redirected_to_a_file(self) -> None:
        self.begin(302, Location="file:///etc/hostname", Content_Length=0)

    def redirected_for_ever(self) -> None:
        self.begin(302, Location="/redirected_for_ever", Content_Length=0)

    def missing(self) -> None:
        self.begin(404, Content_Length=0)

    def cut_short(self) -> None:
        self.begin(Content_Length=len(CONTENT))
        self.wfile.write(CONTENT[:1000])

    def hung_up(self) -> None:
        self.close_connection = True

    def no_http(self) -> None:
        self.wfile.write(b"good morning\r\n\r\n")

    def silent(self) -> None:
        self.server.released.wait()

    def stalled(self) -> None:
        self.begin(Content_Length=len(CONTENT))
        self.wfile.write(CONTENT[:5000])
        self.server.released.wait()

    def dripping(self) -> None:
        self.begin(Content_Length=len(CONTENT))
        while not self.server.released.wait(0.01):
            self.wfile.write(b"x")

    def endless(self) -> None:
        self.begin()
        while not self.server.released.is_set():
            self.wfile.write(CONTENT)

    def too_large(self) -> None:
        self.begin(Content_Length=1 << 40)
        self.server.released.wait()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()
