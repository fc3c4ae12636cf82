"""The script's way, timed by turns with the engines."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from microgpt_gui.bench.child import ChildFailed
from microgpt_gui.bench.script_way import SCRIPT
from microgpt_gui.bench.trainee import Timed

if TYPE_CHECKING:
    from types import TracebackType

    from microgpt_gui.session.config import RunConfig


class ScriptTrainee(Timed):
    """A process that trains in the script's way while it has its turn, and else waits.

    A context manager: at its end the process is gone.

    Attributes:
        losses: Of all steps, in nats.
        peak_bytes: The most memory that it had in use; None where the system does not
            tell.
    """

    engine = SCRIPT

    def __init__(self, config: RunConfig) -> None:
        self.losses: list[float] = []
        self.peak_bytes: int | None = None
        given = json.dumps(asdict(config))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "microgpt_gui.bench.script_way.child", given],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        try:
            self._mean_positions = float(self._answer()["mean_positions"])
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> ScriptTrainee:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def seconds_a_step(self, steps: int) -> float:
        """See the base class.

        Raises:
            ChildFailed: It cannot: says why.
        """
        assert self._process.stdin is not None
        with suppress(OSError):  # where it has ended, it has said why
            self._process.stdin.write(f"{steps}\n")
            self._process.stdin.flush()
        answer = self._answer()
        self.losses += answer["losses"]
        self.peak_bytes = answer["peak_bytes"]
        return float(answer["seconds"] / answer["positions"] * self._mean_positions)

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        line = self._process.stdout.readline()
        if not line:
            last = self._process.stderr.read().strip().splitlines()[-1:]
            raise ChildFailed(f"the script's way broke off: {''.join(last)}")
        answer = json.loads(line)
        if "problem" in answer:
            raise ChildFailed(answer["problem"])
        return answer
