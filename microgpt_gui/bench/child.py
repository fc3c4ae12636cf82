"""Measurements that need a process of their own: JSON in, JSON out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


#: A process that has not ended by then hangs: nothing measured takes so long by itself.
PATIENCE_S = 300.0


class ChildFailed(Exception):
    """A measuring process ended without figures; the message is for people."""


def run_module(
    module: str,
    argument: object,
    environment: Mapping[str, str] | None = None,
    longest_s: float = PATIENCE_S,
) -> Any:
    """Run a module of this package, and return what it answers.

    Args:
        module: Name within this package; its process reads `argument_of_child`.
        argument: What JSON can hold.
        environment: Variables on top of this process's own.
        longest_s: When to give it up.

    Raises:
        ChildFailed: It failed; its last words say why.
    """
    command = ["-m", f"{__package__}.{module}", json.dumps(argument)]
    return run_python(command, environment, longest_s)[0]


def run_python(
    arguments: Sequence[str],
    environment: Mapping[str, str] | None = None,
    longest_s: float = PATIENCE_S,
) -> tuple[Any, str]:
    """Run this Python; return the JSON on its standard output, and the error output.

    See `run_module`.

    Raises:
        ChildFailed: It failed; its last words say why.
    """
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=os.environ | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=longest_s,
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed(
            f"a measuring process was given up after {longest_s:g} s"
        ) from None
    last = next(iter(done.stderr.strip().splitlines()[-1:]), "it said nothing")
    if done.returncode:
        raise ChildFailed(f"a measuring process ended with {done.returncode}: {last}")
    try:
        return json.loads(done.stdout), done.stderr
    except ValueError:
        raise ChildFailed(f"a measuring process gave no figures: {last}") from None


def argument_of_child() -> Any:
    """Return what `run_module` was given; in the child."""
    return json.loads(sys.argv[1])


def answer(figures: object) -> None:
    """Hand figures to the parent; in the child, once."""
    json.dump(figures, sys.stdout, allow_nan=False)
    sys.stdout.flush()
