"""A bar for what comes before the first step, which takes seconds with a large text."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from microgpt_gui.cli.progress import ProgressBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What is over sooner needs no bar.
_AFTER_S = 0.3


@contextmanager
def loading_bar() -> Iterator[Callable[[float], None]]:
    """Show how far it is, while people watch standard error.

    Yields:
        What to call often with the share that is done, from 0 to 1.
    """
    bar = ProgressBar(1000, "", stays=False, after_s=_AFTER_S)
    with bar:
        yield lambda share: bar.update(round(share * 1000), "loading the text")
