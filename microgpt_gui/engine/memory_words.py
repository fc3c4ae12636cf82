"""What there is to say when memory runs out."""

from __future__ import annotations


class DoesNotFit(MemoryError):
    """Something was not begun, or left as it was before, because it does not fit.

    The message is for people.
    """


def too_large(error: MemoryError, what: str) -> str:
    """Return a sentence for people.

    Args:
        error: What was raised; what the interpreter or NumPy says of it tells nothing.
        what: What memory was wanted for, as "this model".
    """
    return str(error) if isinstance(error, DoesNotFit) else _GENERAL.format(what)


_GENERAL = "There is not enough memory for {}."
