"""The command line: the window, and all that needs no window.

Importing these modules imports neither Qt nor NumPy: what opens a window, and an engine
that needs NumPy, loads them when it begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import (
    FAILED,
    INTERRUPTED,
    PIPE_CLOSED,
    CommandError,
    Stopped,
    in_a_message,
)
from microgpt_gui.cli.interrupt import hear_no_more, single_interrupt
from microgpt_gui.cli.streams import Output, prepare_streams, say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    Args:
        arguments: What follows the program's name; None: what the shell gave.

    Returns:
        The exit status. What went wrong has been said in one line on standard error.
    """
    try:
        prepare_streams()
        with single_interrupt(), Output() as output:
            return _run(arguments, output)
    except KeyboardInterrupt:
        hear_no_more()
        say("interrupted")
        return INTERRUPTED
    except Stopped as end:
        hear_no_more()
        say(str(end))
        return end.status
    except BrokenPipeError:
        return PIPE_CLOSED
    except CommandError as error:
        say(f"error: {error}")
        return error.status
    except MemoryError as error:
        from microgpt_gui.engine.memory_words import too_large

        say(f"error: {in_a_message(too_large(error, 'this model'))}")
        return FAILED
    except ImportError as error:
        say(
            f"error: a library cannot be loaded: {_innermost(error)} "
            "(the README's first chapter says what to install)"
        )
        return FAILED


def _innermost(error: BaseException) -> BaseException:
    """Return what it began with: NumPy wraps that into a page of advice."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _run(arguments: Sequence[str] | None, output: Output) -> int:
    # Not at the top: Ctrl+C may come while these are loaded.
    from microgpt_gui.cli.options import parse
    from microgpt_gui.engine.blas_threads import keep_to_one_thread

    keep_to_one_thread()
    options = parse(arguments)
    match options.command:
        case "train":
            from microgpt_gui.cli.train import train

            train(options, output)
        case "sample":
            from microgpt_gui.cli.run_file import sample

            sample(options, output)
        case "info":
            from microgpt_gui.cli.run_file import info

            info(options, output)
        case "verify":
            from microgpt_gui.cli.verify import verify_engines

            return verify_engines(options, output)
        case "bench" if options.measures == "first_paint":
            # Nothing more than the window needs: this start is timed.
            from microgpt_gui.cli.window import first_paint

            output.write(first_paint())
        case "bench":
            from microgpt_gui.cli.bench import bench

            bench(options, output)
        case "download":
            from microgpt_gui.cli.download import download

            output.write(f"{download(options.dataset)}\n")
        case "demo":
            from microgpt_gui.cli.window import demo

            return demo(options)
        case "help":
            pass
        case _:
            from microgpt_gui.cli.window import open_window

            return open_window(options)
    return 0
