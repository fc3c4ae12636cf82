"""The safetensors format: eight bytes of length, a head in JSON, then the numbers.

Written and read here rather than by the package of that name, which wants every tensor
in memory a second time, holds the interpreter lock while it writes, and gives numbers
to NumPy alone. The tests hold the two against each other.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from microgpt_gui.session.run_files.problems import RunFileError

#: Bytes of a number.
ITEM_BYTES = {"F64": 8, "I64": 8, "U8": 1}

#: More than this, or more commas in it, is not believed: parsing takes memory.
MAX_HEAD_BYTES = 2 * 2**20
MAX_HEAD_COMMAS = 2**16

#: What of a head the characters of a text may take.
MAX_ALPHABET_BYTES = MAX_HEAD_BYTES - 2**19

LENGTH_BYTES = 8

DATA_SUM = "sha256"
HEAD_SUM = "head_sha256"
_NO_SUM = "0" * 64


@dataclass(frozen=True, slots=True)
class Tensor:
    """What the head says of one tensor, but for its place."""

    name: str
    dtype: str  # a key of ITEM_BYTES
    shape: tuple[int, ...]

    @property
    def size_bytes(self) -> int:
        """What its numbers take."""
        return ITEM_BYTES[self.dtype] * math.prod(self.shape)


def make_head(
    tensors: tuple[Tensor, ...], metadata: dict[str, str], data_sha256: str = _NO_SUM
) -> bytes:
    """Return what goes before the numbers, length included.

    Its length does not depend on the sum. The head has a sum of its own: the bytes
    after the length, with zeros in that sum's place.

    Raises:
        RunFileError: It would be larger than what is read again.
    """
    whole = metadata | {DATA_SUM: data_sha256, HEAD_SUM: _NO_SUM}
    table: dict[str, object] = {"__metadata__": whole}
    end = 0
    for tensor in tensors:
        begin, end = end, end + tensor.size_bytes
        table[tensor.name] = {
            "dtype": tensor.dtype,
            "shape": list(tensor.shape),
            "data_offsets": [begin, end],
        }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    head = text.encode()
    head += b" " * (-len(head) % 8)  # numbers begin where processors like them to
    if len(head) > MAX_HEAD_BYTES or head.count(b",") > MAX_HEAD_COMMAS:
        check_alphabet_fits(metadata.get("alphabet", ""))
        raise RunFileError("its settings changed too often to be written")
    head_sum = hashlib.sha256(head).hexdigest()
    blank, final = (f'"{HEAD_SUM}":"{sum_}"'.encode() for sum_ in (_NO_SUM, head_sum))
    before, _, after = head.rpartition(blank)
    return len(head).to_bytes(LENGTH_BYTES, "little") + before + final + after


def check_alphabet_fits(chars: str) -> None:
    """Refuse an alphabet that leaves a head no room for the rest.

    Raises:
        RunFileError: It does.
    """
    if len(chars.encode()) > MAX_ALPHABET_BYTES:
        raise RunFileError(
            f"its text has {len(chars):,} different characters, and a run file has "
            f"room for {MAX_ALPHABET_BYTES // 4:,}"
        )


def parse_head(head: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the table of tensors, not yet believed, and the metadata.

    Args:
        head: What follows the length.

    Raises:
        RunFileError: It is no safetensors head with texts as metadata.
    """
    if head.count(b",") > MAX_HEAD_COMMAS:
        raise RunFileError("its head has far more entries than a run needs")
    table = parse_json(head)
    metadata = table.pop("__metadata__", None) if isinstance(table, dict) else None
    if not isinstance(metadata, dict) or not all(
        isinstance(value, str) for value in metadata.values()
    ):
        raise RunFileError("this is not a run of this program")
    return table, metadata


def parse_json(text: bytes | str) -> Any:
    """Return the value of a JSON text that says nothing twice.

    Raises:
        RunFileError: It is none.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode()
        return json.loads(
            text, object_pairs_hook=_without_repeats, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise RunFileError("its head is not what a run file begins with") from None


def check_head_sum(head: bytes, metadata: dict[str, str]) -> None:
    """Refuse a head in which anything has changed since it was written.

    Raises:
        RunFileError: Something has.
    """
    head_sum = metadata.get(HEAD_SUM, "")
    entry, blank = (f'"{HEAD_SUM}":"{sum_}"'.encode() for sum_ in (head_sum, _NO_SUM))
    before, _, after = head.rpartition(entry)
    if hashlib.sha256(before + blank + after).hexdigest() != head_sum:
        raise RunFileError("the file is damaged: its head is not as it was written")


def check_table(table: dict[str, Any], tensors: tuple[Tensor, ...]) -> None:
    """Refuse tensors that are not the expected ones, one after the other, gapless.

    Raises:
        RunFileError: They are not; names the first that is not.
    """
    ends = [0]
    for tensor in tensors:
        ends.append(ends[-1] + tensor.size_bytes)
    for tensor, place in zip(tensors, pairwise(ends), strict=True):
        wanted = {
            "dtype": tensor.dtype,
            "shape": list(tensor.shape),
            "data_offsets": list(place),
        }
        # In words: 1.0 and true count as equal to 1.
        if json.dumps(table.get(tensor.name), sort_keys=True) != json.dumps(
            wanted, sort_keys=True
        ):
            raise RunFileError(f"its tensor {tensor.name} does not fit its settings")
    if len(table) != len(tensors):
        raise RunFileError("it has tensors that do not belong to a run")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
