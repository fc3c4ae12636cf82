"""Fetching a file whose checksum is known: whole and right, or not at all."""

from __future__ import annotations

import errno
import hashlib
import http.client
import queue
import socket
import ssl
import time
import urllib.error
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from microgpt_gui.atomic_file import replacing
from microgpt_gui.data.corpus_error import DownloadError
from microgpt_gui.data.text_file import MAX_FILE_BYTES, shown_path
from microgpt_gui.data.transfer import Event, Transfer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

#: Fewer than this within the time-out is as good as nothing.
MIN_BYTES_PER_TIMEOUT = 1_000

_LOOK_UP_S = 0.05  # the longest wait between two calls of `check`
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def download(
    url: str,
    destination: Path,
    sha256: str,
    *,
    progress: Callable[[int, int | None], None] = lambda _received, _total: None,
    check: Callable[[], None] = lambda: None,
    timeout_s: float = 30.0,
    max_bytes: int = MAX_FILE_BYTES,
) -> None:
    """Fetch a file and move it into place once its checksum is seen to be right.

    Until then the destination stays as it was, and no other file is left behind.

    Args:
        url: An http or https address; redirections and proxies are followed.
        destination: The file; its folder is made where it is missing.
        sha256: What the content must add up to, in hexadecimal.
        progress: Called with the bytes received so far and in all (``None`` where the
            server does not say), on the caller's thread.
        check: Called at least every 0.05 s; whatever it raises ends the download.
        timeout_s: The longest wait, in seconds, for the answer to begin and then for
            every further 1,000 bytes: a trickle counts as silence.
        max_bytes: More than this is refused.

    Raises:
        DownloadError: It did not work; one line for people that says why.
    """
    host = _host(url)
    digest = hashlib.sha256()
    received = 0
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        with (
            replacing(destination) as file,
            closing(_chunks(url, check, timeout_s)) as chunks,
        ):
            for chunk, total in chunks:
                received += len(chunk)
                _refuse_too_much(max(received, total or 0), max_bytes)
                digest.update(chunk)
                file.write(chunk)
                progress(received, total)
            _refuse_wrong_sum(sha256, digest.hexdigest())
    except DownloadError as error:
        raise DownloadError(f"no download from {host}: {error}") from None
    except OSError as error:
        raise DownloadError(
            "the download cannot be saved in "
            f"{shown_path(destination.parent)}: {_disk_reason(error)}"
        ) from None


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname:
            return parts.hostname
    except ValueError:
        pass
    raise DownloadError(f"{shown_path(url)} is not an http or https address")


def _refuse_too_much(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise DownloadError(f"the file has more than {max_bytes:,} bytes")


def _refuse_wrong_sum(wanted: str, got: str) -> None:
    if got != wanted:
        raise DownloadError(
            f"this is not the right file (its SHA-256 is {got[:12]}…, "
            f"{wanted[:12]}… was expected)"
        )


def _chunks(
    url: str, check: Callable[[], None], timeout_s: float
) -> Generator[tuple[bytes, int | None], None, None]:
    """Yield what arrives, with the number of bytes announced; first an empty chunk."""
    total: int | None = None
    received = counted = 0
    transfer = Transfer(url, timeout_s)
    transfer.start()
    try:
        deadline_s = time.monotonic() + timeout_s
        while True:
            check()
            match _next_event(transfer):
                case None:
                    pass
                case (total,):
                    deadline_s = time.monotonic() + timeout_s
                    yield b"", total
                case b"":
                    if total is not None and received < total:
                        raise DownloadError(_broken_off(received, total))
                    return
                case bytes() as chunk:
                    received += len(chunk)
                    yield chunk, total
                case Exception() as error:
                    raise DownloadError(
                        _network_reason(error, received, total, timeout_s)
                    )
            if received - counted >= MIN_BYTES_PER_TIMEOUT:
                counted = received
                deadline_s = time.monotonic() + timeout_s
            elif time.monotonic() > deadline_s:
                raise DownloadError(_too_slow(received, timeout_s))
    finally:
        transfer.abandon()


def _next_event(transfer: Transfer) -> Event | None:
    try:
        return transfer.events.get(timeout=_LOOK_UP_S)
    except queue.Empty:
        return None


def _network_reason(
    error: Exception, received: int, total: int | None, timeout_s: float
) -> str:
    """Say in plain words why the network's half ended with ``error``.

    Raises:
        Exception: ``error`` itself, where it is none that networks are known for.
    """
    if isinstance(error, urllib.error.HTTPError):
        # The server's own words for it may be anything, of any length.
        meaning = http.client.responses.get(error.code, "")
        return f"the server answered {error.code} {meaning}".rstrip()
    # What urllib wraps says more than its wrapper.
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    match reason:
        case str():
            return reason
        case socket.gaierror():
            return "its address cannot be found; is this computer online?"
        case TimeoutError():
            return _too_slow(received, timeout_s)
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted ({reason.verify_message})"
        case ConnectionRefusedError():
            return "the server refuses connections"
        case http.client.IncompleteRead() | ConnectionError():
            return _broken_off(received, total)
        case OSError():
            return f"no connection ({reason.strerror or reason})"
        case http.client.HTTPException() | ValueError():
            return f"this address or its answer makes no sense ({reason!r})"
        case _:
            raise reason


def _too_slow(received: int, timeout_s: float) -> str:
    if not received:
        return f"nothing came within {timeout_s:g} seconds"
    return (
        f"the network is too slow: after {received:,} bytes, fewer than "
        f"{MIN_BYTES_PER_TIMEOUT:,} more came within {timeout_s:g} seconds"
    )


def _broken_off(received: int, total: int | None) -> str:
    if not received:
        return "the connection broke off before anything came"
    of_all = "" if total is None else f" of {total:,}"
    return f"the connection broke off after {received:,}{of_all} bytes"


def _disk_reason(error: OSError) -> str:
    if error.errno in _DISK_FULL:
        return "the disk is full"
    return error.strerror or str(error)
