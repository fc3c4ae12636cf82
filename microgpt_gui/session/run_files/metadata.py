"""What a run file says in words: settings, random stream, alphabet, texts, marks."""

from __future__ import annotations

import json
import math
import os
import random
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, get_args

from microgpt_gui import __version__
from microgpt_gui.data.reading import AS_THE_SCRIPT, Reading
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.session.config import RANGES, RunConfig
from microgpt_gui.session.datasets import is_text_file
from microgpt_gui.session.run_files.container import DATA_SUM, parse_json
from microgpt_gui.session.run_files.problems import NewerFormat, RunFileError
from microgpt_gui.session.run_files.saved_run import (
    MAX_LABEL_CHARS,
    MAX_NAME_CHARS,
    Mark,
    MarkKind,
    SavedRun,
)

if TYPE_CHECKING:
    from microgpt_gui.data.dataset import LoadedCorpus
    from microgpt_gui.session.segment import Segment

FORMAT = "microgpt-gui run"
#: The first had neither the time of training nor any of `_LATER_SETTINGS`, the second
#: not the last of these: a run that does without them is written as it always was, for
#: older programs to open it.
FORMAT_VERSION = 3

#: More than this of one kind is not believed.
MAX_MARKS = 10_000

_SETTINGS = {f.name: type(f.default) for f in fields(RunConfig)}

#: Settings of the third format alone.
_NEWEST_SETTINGS = ("held_out", "train_documents")

#: Settings that files may leave out, and what they are then: earlier formats had them
#: not, and their defaults are what the program did at that time.
_LATER_SETTINGS = {
    f.name: f.default
    for f in fields(RunConfig)
    if f.name in ("documents", "leave_out_mark", "decay_start", *_NEWEST_SETTINGS)
}

#: Seconds; nobody trains for longer.
_MAX_TRAINED_S = 1e10


@dataclass(frozen=True, slots=True)
class TextHead:
    """Which text it is.

    Attributes:
        title: See `LoadedCorpus`.
        source: See `LoadedCorpus`.
        sha256: See `LoadedCorpus`.
        path: Where it was, from the root, if it is a file and not inside; else empty.
        reading: How it is read; the segments say that.
    """

    title: str
    source: str
    sha256: str
    path: str = ""
    reading: Reading = AS_THE_SCRIPT


@dataclass(frozen=True, slots=True)
class SegmentHead:
    """A segment but for its documents, which text and seed decide."""

    start: int
    config: RunConfig
    text: int  # number of its text
    order: int  # the seed that shuffled it


@dataclass(frozen=True, slots=True)
class Head:
    """All that a run file says in words."""

    name: str
    version: str  # of the program that wrote it
    chars: str
    stream: tuple[Any, ...]
    steps_done: int
    segments: tuple[SegmentHead, ...]
    texts: tuple[TextHead, ...]
    marks: tuple[Mark, ...]
    data_sha256: str
    trained_s: float | None = None  # see `SavedRun`


def head_of(saved: SavedRun, texts: list[LoadedCorpus], inside: set[int]) -> Head:
    """Return what is to be said of a run.

    Args:
        saved: The run.
        texts: What it learns from, each once.
        inside: Numbers of the texts that the file holds.
    """
    record = saved.record
    segments: list[SegmentHead] = []
    for segment in record.segments:
        number = next(i for i, text in enumerate(texts) if is_same(text, segment))
        order = segment.docs.seed
        segments.append(SegmentHead(segment.start, segment.config, number, order))
    return Head(
        name=_clean(saved.name, MAX_NAME_CHARS),
        version=__version__,
        chars=record.chars,
        stream=record.stream,
        steps_done=record.steps_done,
        segments=tuple(segments),
        texts=tuple(
            TextHead(
                text.title,
                text.source,
                text.sha256,
                ""
                if number in inside or not is_text_file(text.source)
                else os.path.abspath(text.source),
                text.reading,
            )
            for number, text in enumerate(texts)
        ),
        marks=tuple(
            Mark(mark.step, mark.kind, _clean(mark.label, MAX_LABEL_CHARS))
            for mark in saved.marks
        ),
        data_sha256="",
        trained_s=saved.trained_s,
    )


def is_same(text: LoadedCorpus, segment: Segment) -> bool:
    """Say whether ``text`` is what ``segment`` learns from."""
    other = segment.dataset
    return text.is_same(other)


def as_metadata(head: Head) -> dict[str, str]:
    """Return ``head`` as the safetensors format has it, texts by names."""
    version, words, gauss_next = head.stream
    segments = []
    unused = _unused_settings(head)
    before: dict[str, Any] = {}
    for segment in head.segments:
        now = asdict(segment.config) | {"text": segment.text, "order": segment.order}
        for name in unused:
            del now[name]
        changed = {k: v for k, v in now.items() if k not in before or v != before[k]}
        segments.append({"start": segment.start, **changed})
        before = now
    texts = [asdict(text) for text in head.texts]
    for text in texts:
        del text["reading"]
    times = {} if head.trained_s is None else {"trained_s": repr(head.trained_s)}
    return {
        "format": FORMAT,
        "format_version": str(FORMAT_VERSION - 1 if unused else FORMAT_VERSION),
        "app_version": head.version,
        "name": head.name,
        "alphabet": head.chars,
        "steps_done": str(head.steps_done),
        "segments": _json(segments),
        "texts": _json(texts),
        "marks": _json([[m.step, m.kind, m.label] for m in head.marks]),
        "random_stream": _json([version, list(words), gauss_next]),
        **times,
    }


def _unused_settings(head: Head) -> tuple[str, ...]:
    """Return the settings that only the newest format has, if they are as usual."""
    usual = {name: _LATER_SETTINGS[name] for name in _NEWEST_SETTINGS}
    is_usual = all(
        getattr(segment.config, name) == value
        for segment in head.segments
        for name, value in usual.items()
    )
    return _NEWEST_SETTINGS if is_usual else ()


def check_format(metadata: dict[str, str]) -> None:
    """Refuse what is no run file, or one from the future.

    Raises:
        RunFileError: It is none.
        NewerFormat: It is one that this version cannot read.
    """
    version = metadata.get("format_version", "")
    if metadata.get("format") != FORMAT or not (
        version.isascii() and version.isdigit() and len(version) < 10
    ):
        raise RunFileError("this is not a run of this program")
    if int(version) > FORMAT_VERSION:
        raise NewerFormat(
            "this file was written by a newer version of this program "
            f"({metadata.get('app_version', '')[:20]!r}; this is {__version__}); "
            "a newer one can open it"
        )
    if int(version) < 1:
        raise RunFileError(f"there never was a format {version} of run files")


def parsed(metadata: dict[str, str]) -> Head:
    """Return what the metadata says, all of it checked.

    Raises:
        RunFileError: Something is missing, or cannot be so; says what.
    """
    try:
        steps_done = _within(int(metadata["steps_done"]), 0, RANGES["steps"][1])
        texts = _texts(parse_json(metadata["texts"]))
        segments = _segments(parse_json(metadata["segments"]), len(texts), steps_done)
        return Head(
            name=_shown(metadata["name"], MAX_NAME_CHARS),
            version=_shown(metadata["app_version"], MAX_NAME_CHARS),
            chars=_alphabet(metadata["alphabet"]),
            stream=_stream(parse_json(metadata["random_stream"])),
            steps_done=steps_done,
            segments=segments,
            texts=_with_readings(texts, segments),
            marks=_marks(parse_json(metadata["marks"]), steps_done),
            data_sha256=metadata[DATA_SUM],
            trained_s=_seconds(metadata.get("trained_s")),
        )
    except ConfigError as error:
        raise RunFileError(f"its settings cannot be used: {error!s:.200}") from None
    except RunFileError:
        raise
    except KeyError as error:
        raise RunFileError(f"its head says nothing of {error.args[0]!r:.40}") from None
    except (ValueError, TypeError, OverflowError):
        raise RunFileError("its head says what cannot be") from None


def _segments(
    entries: list[dict[str, Any]], num_texts: int, steps_done: int
) -> tuple[SegmentHead, ...]:
    segments: list[SegmentHead] = []
    now: dict[str, Any] = _LATER_SETTINGS
    for entry in entries:
        now = now | entry
        config = RunConfig(**{name: _setting(name, now[name]) for name in _SETTINGS})
        if now.keys() != {"start", "text", "order", *_SETTINGS}:
            raise RunFileError("its head has settings that are not known")
        _within(config.decay_start, 0, now["start"])  # a rate only falls
        segments.append(
            SegmentHead(
                start=_within(now["start"], 0, steps_done),
                config=config,
                text=_within(now["text"], 0, num_texts - 1),
                order=_within(now["order"], *RANGES["seed"]),
            )
        )
    starts = [segment.start for segment in segments]
    if not starts or starts[0] != 0 or starts != sorted(set(starts)):
        raise RunFileError("its stretches of settings are not in order")
    sizes = {segment.config.model(vocab_size=2) for segment in segments}
    if len(sizes) > 1:
        raise RunFileError("its settings are of models of different sizes")
    return tuple(segments)


def _setting(name: str, value: Any) -> Any:
    wanted = _SETTINGS[name]
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise RunFileError(f"its setting {name} is no {wanted.__name__}")
    return value


def _texts(entries: list[dict[str, Any]]) -> tuple[TextHead, ...]:
    texts = tuple(TextHead(**entry) for entry in entries)
    for text in texts:
        for value in (text.title, text.source, text.sha256, text.path):
            _text(value, 10_000)
        if len(text.sha256) != 64:
            raise RunFileError("its head has no sum of a text")
    return tuple(replace(t, title=_clean(t.title, len(t.title))) for t in texts)


def _with_readings(
    texts: tuple[TextHead, ...], segments: tuple[SegmentHead, ...]
) -> tuple[TextHead, ...]:
    readings: dict[int, Reading] = {}
    for segment in segments:
        reading = segment.config.reading
        if readings.setdefault(segment.text, reading) != reading:
            raise RunFileError("it reads one text in two ways")
    return tuple(
        replace(text, reading=readings.get(number, AS_THE_SCRIPT))
        for number, text in enumerate(texts)
    )


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    seconds = float(text)
    if not 0 <= seconds <= _MAX_TRAINED_S:
        raise RunFileError("its time of training cannot be so")
    return seconds


def _marks(entries: list[list[Any]], steps_done: int) -> tuple[Mark, ...]:
    if len(entries) > MAX_MARKS:
        raise RunFileError("it has more marks than can be shown")
    marks = []
    for step, kind, label in entries:
        if kind not in get_args(MarkKind):
            raise RunFileError("it has marks of an unknown kind")
        step = _within(step, 0, steps_done)
        marks.append(Mark(step, kind, _shown(label, MAX_LABEL_CHARS)))
    return tuple(marks)


def _stream(value: list[Any]) -> tuple[Any, ...]:
    version, words, gauss_next = value
    is_gauss = type(gauss_next) is float and math.isfinite(gauss_next)
    if version != 3 or len(words) != 625 or not (gauss_next is None or is_gauss):
        raise RunFileError("its random stream is not one of Python's")
    *numbers, position = (_within(word, 0, 2**32 - 1) for word in words)
    if not 0 < position <= 624 or not any(numbers):
        raise RunFileError("its random stream is not one of Python's")
    state = (3, (*numbers, position), gauss_next)
    random.Random().setstate(state)
    return state


def _alphabet(chars: str) -> str:
    if not chars or list(chars) != sorted(set(chars)):
        raise RunFileError("its alphabet is not in order")
    if _clean(chars, len(chars)) != chars:
        raise RunFileError("its alphabet has half a character in it")
    return chars


def _within(value: object, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise RunFileError(f"its head has a number that is not from {low} to {high}")
    return value


def _text(value: object, max_chars: int) -> str:
    if type(value) is not str or len(value) > max_chars:
        raise RunFileError("its head has a text that is none or too long")
    return value


def _shown(value: object, max_chars: int) -> str:
    """Return a text that people are shown and that goes into other files."""
    return _clean(_text(value, max_chars), max_chars)


def _clean(text: str, max_chars: int) -> str:
    """Return what any file can hold; half a character from a file's name cannot."""
    return text.encode("utf-8", "replace").decode()[:max_chars]


def _json(value: object) -> str:
    # In ASCII: paths may hold what UTF-8 does not allow.
    return json.dumps(value, separators=(",", ":"), allow_nan=False)
