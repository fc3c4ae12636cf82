"""The file that machine code is kept in.

Sixteen letters that say what it is; the SHA-256 of all that follows; the length of its
head, eight bytes, the lowest first; the head, in JSON: its key and its entries; and an
object file, as linkers know it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.engine.compiled.machine_code.key import Key

#: The number at its end goes up when the form of the file, or how entries are called,
#: is another.
MAGIC = b"microgpt code 1\n"

#: Ours has some 2 MB; what is larger is no such file, and is not read.
MOST_BYTES = 64_000_000

_SUM_BYTES = hashlib.sha256().digest_size
_LENGTH_BYTES = 8
_START = len(MAGIC) + _SUM_BYTES


class Unusable(Exception):
    """There is a file, and its code must not be run; the message says why."""


class Damaged(Unusable):
    """Bytes of it are missing or other ones, or it is no file of machine code."""


class ForAnother(Unusable):
    """It was made of other sources, by other versions or for another processor."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How an entry is called; each type is ``int64`` or ``float64``."""

    result: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeFile:
    """What is in the file.

    Attributes:
        key: What the code was made of and for.
        entries: What can be called, by name.
        code: An object file of the key's system.
    """

    key: Key
    entries: dict[str, Signature]
    code: bytes

    def to_bytes(self) -> bytes:
        """Return the whole file."""
        entries = {name: asdict(entry) for name, entry in self.entries.items()}
        head = json.dumps({"key": asdict(self.key), "entries": entries}).encode()
        body = len(head).to_bytes(_LENGTH_BYTES, "little") + head + self.code
        return MAGIC + hashlib.sha256(body).digest() + body


def read_code_file(path: Path, key: Key) -> CodeFile:
    """Read the file of machine code at ``path``.

    Args:
        path: Where it is.
        key: What it must have been made of and for.

    Raises:
        OSError: It cannot be read, or is not there.
        Damaged: It is not as it was written.
        ForAnother: It has another key.
    """
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise Damaged(f"{path.name} is no file")
    with open(path, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    if not data.startswith(MAGIC):
        raise Damaged(f"{path.name} is no file of machine code of this version")
    body = data[_START:]
    if len(data) > MOST_BYTES or data[len(MAGIC) : _START] != _sum_of(body):
        raise Damaged(f"{path.name} is damaged: it is not as it was written")
    end = _LENGTH_BYTES + int.from_bytes(body[:_LENGTH_BYTES], "little")
    try:
        head = json.loads(body[_LENGTH_BYTES:end])
        is_another = head["key"] != asdict(key)
        entries = {
            name: Signature(entry["result"], tuple(entry["arguments"]))
            for name, entry in head["entries"].items()
        }
    except (ValueError, LookupError, TypeError, AttributeError):
        raise Damaged(f"{path.name} is damaged: its head is none") from None
    if is_another:
        raise ForAnother(f"{path.name} was compiled for another program or processor")
    return CodeFile(key, entries, body[end:])


def _sum_of(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
