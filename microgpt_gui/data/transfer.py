"""The network's half of a download: one request on a thread of its own.

Ours and not httpx's or pooch's: with a name that is looked up for 8 s, giving up took
httpx 0.28 those 8 s, and the program did not end before, since asyncio's threads are
joined; that a server refuses connections it says no more. pooch 1.9 cannot be stopped
while nothing comes, and takes a trickle, or a file without an end, for as long as they
come.
"""

from __future__ import annotations

import contextlib
import http.client
import queue
import socket
import threading
import urllib.request
from functools import partial
from typing import TYPE_CHECKING, Any

from microgpt_gui import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK_BYTES = 1 << 16

#: The first event: the number of bytes announced, where the server says.
Announced = tuple[int | None]

#: In order: one `Announced`, then chunks, then an empty chunk at the end; or, at any
#: point, the exception that ended it.
Event = Announced | bytes | Exception


class Transfer:
    """A request whose answer arrives in a queue.

    Name resolution, connecting and reading can each hang for as long as the network
    likes. On a thread of their own they cannot keep anybody from giving up at once.
    """

    def __init__(self, url: str, timeout_s: float) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._abandoned = threading.Event()
        self._sockets: list[socket.socket] = []
        # A daemon: a name that never resolves must not keep the program from ending.
        self._thread = threading.Thread(
            target=self._run, args=(url, timeout_s), name="download", daemon=True
        )

    def start(self) -> None:
        """Send the request."""
        self._thread.start()

    def abandon(self) -> None:
        """Hang up. Returns at once; nothing that arrives later is used."""
        self._abandoned.set()
        for connected in tuple(self._sockets):
            with contextlib.suppress(OSError):  # closed already
                connected.shutdown(socket.SHUT_RDWR)

    def _on_connected(self, connected: socket.socket) -> None:
        self._sockets.append(connected)
        if self._abandoned.is_set():
            self.abandon()

    def _run(self, url: str, timeout_s: float) -> None:
        try:
            request = urllib.request.Request(
                url, headers={"User-Agent": f"microgpt-gui/{__version__}"}
            )
            opener = _opener(self._on_connected)
            with opener.open(request, timeout=timeout_s) as response:
                self.events.put((response.length,))
                chunk = b"a first chunk"
                while chunk and not self._abandoned.is_set():
                    chunk = response.read1(_CHUNK_BYTES)
                    self.events.put(chunk)
        except Exception as error:  # the caller's thread raises it
            if isinstance(error, urllib.request.HTTPError):
                error.close()
            self.events.put(error)


def _opener(
    on_connected: Callable[[socket.socket], None],
) -> urllib.request.OpenerDirector:
    """Return an opener that speaks http and https alone, not file: or ftp:."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Handler(on_connected),
    ):
        opener.add_handler(handler)
    return opener


class _Handler(urllib.request.AbstractHTTPHandler):
    """Opens http and https URLs and tells of each socket."""

    def __init__(self, on_connected: Callable[[socket.socket], None]) -> None:
        super().__init__()
        self._on_connected = on_connected

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        connect = partial(_Connection, on_connected=self._on_connected)
        return self.do_open(connect, request)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        connect = partial(_SecureConnection, on_connected=self._on_connected)
        return self.do_open(connect, request)

    http_request = urllib.request.AbstractHTTPHandler.do_request_
    https_request = http_request


class _Connection(http.client.HTTPConnection):
    def __init__(
        self,
        host: str,
        *,
        on_connected: Callable[[socket.socket], None],
        **options: Any,
    ) -> None:
        super().__init__(host, **options)
        self._on_connected = on_connected

    def connect(self) -> None:
        super().connect()
        self._on_connected(self.sock)


class _SecureConnection(_Connection, http.client.HTTPSConnection):
    pass
