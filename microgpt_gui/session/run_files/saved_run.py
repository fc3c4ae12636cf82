"""What a run file holds, and what can be said of one at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord

MarkKind = Literal["start", "fork", "save", "note"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a run that somebody may want to return to."""

    step: int  # steps done then
    kind: MarkKind
    label: str = ""  # for people; at most `MAX_LABEL_CHARS` are kept


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A run as a file holds it.

    Attributes:
        record: All that is needed to go on and to show any moment again.
        name: What people call it; may be empty.
        marks: Moments of it, by step.
        version: Of the program that wrote the file; empty for one not yet written.
        trained_s: Time that it was trained for; None where nobody knows.
    """

    record: RunRecord
    name: str = ""
    marks: tuple[Mark, ...] = ()
    version: str = ""
    trained_s: float | None = None


@dataclass(frozen=True, slots=True)
class TextInfo:
    """A text that a run learns from."""

    title: str  # what people call it
    source: str  # a dataset's key or a path, as the settings had it
    sha256: str  # of its file
    is_inside: bool  # the run file holds it


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What the head of a run file says; the numbers behind it are not checked.

    Attributes:
        name: See `SavedRun`.
        version: See `SavedRun`.
        size_bytes: Of the file.
        steps_done: Steps trained.
        last_loss: Of the last step, in nats; None before the first one.
        configs: Settings by the step from which on they held, oldest first.
        num_params: Parameters of the model.
        vocab_size: Characters and BOS.
        keyframes: How many earlier states it holds.
        texts: What the run learns from, in the order of use.
        marks: See `SavedRun`.
        trained_s: See `SavedRun`.
    """

    name: str
    version: str
    size_bytes: int
    steps_done: int
    last_loss: float | None
    configs: tuple[tuple[int, RunConfig], ...]
    num_params: int
    vocab_size: int
    keyframes: int
    texts: tuple[TextInfo, ...]
    marks: tuple[Mark, ...]
    trained_s: float | None

    @property
    def config(self) -> RunConfig:
        """The settings in force."""
        return self.configs[-1][1]


#: Longer names of runs and labels of marks are cut when they are written.
MAX_NAME_CHARS = 200
MAX_LABEL_CHARS = 200
