"""What a head does, in words of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.reading.heads.documents import WANTED, Kind
from microgpt_gui.session.reading.heads.patterns import Pattern
from microgpt_gui.session.reading.heads.role import CLEAR, EVEN, LEAST_ROWS

if TYPE_CHECKING:
    from microgpt_gui.session.reading.heads.role import HeadRole
    from microgpt_gui.session.reading.heads.roles import HeadRoles

#: Ways to name a pattern, longest first.
_NAMES = {
    Pattern.PREVIOUS: ("previous letter", "previous", "prev"),
    Pattern.ITSELF: ("itself", "self"),
    Pattern.BOS: ("BOS",),
    Pattern.FIRST: ("first letter", "first"),
    Pattern.SAME: ("same letter", "same"),
    Pattern.AFTER_SAME: ("after same letter", "after same", "after"),
    Pattern.EVEN: ("evenly spread", "evenly", "even"),
}

#: What each pattern is, in a few words.
TOLD = {
    Pattern.PREVIOUS: "the previous letter",
    Pattern.ITSELF: "the letter itself",
    Pattern.BOS: "BOS",
    Pattern.FIRST: "the first letter",
    Pattern.SAME: "the same letter, earlier",
    Pattern.AFTER_SAME: "what followed the same letter",
    Pattern.EVEN: "all alike (entropy)",
}

_WHICH = {
    Kind.NEVER: "that no step of the run learns from",
    Kind.NOT_YET: "that no step so far has learnt from",
    Kind.ANY: "(too few are left that the run has not learnt from)",
}

#: For the "?".
HOW_MEASURED = (
    f"What a head does is measured on documents: the first {WANTED}, in shuffled "
    "order, that no step of the run learns from, or else none so far; Role says which. "
    "It is the mean share of attention on the previous letter, the letter itself, BOS, "
    "the first letter, the same letter earlier, and what followed that. In short rows "
    "any head gives much to each: so with m that mean, and c what even attention would "
    f"give, (m - c) / (1 - c) counts. The largest names the head, from {CLEAR:g} on; "
    f"else it is called even where its entropy is at least {EVEN:g} of the largest "
    "possible, or has no clear pattern."
)


def name_of(pattern: Pattern) -> str:
    """Return what a pattern is called."""
    return _NAMES[pattern][0]


def forms(role: HeadRole) -> tuple[str, ...]:
    """Return ways to say what a head does, longest first; none if nothing is known."""
    if not role.is_number:
        return "no numbers", "?"
    if not role.is_measured:
        return ()
    named = role.clearest
    if named is None:
        return "no clear pattern", "no pattern"
    return tuple(f"{name} {named.mean:.2f}" for name in _NAMES[named.pattern])


def titles(roles: HeadRoles) -> tuple[tuple[str, ...], ...]:
    """Return what stands over all heads, through all layers."""
    return tuple(forms(role) for layer in roles.roles for role in layer)


def documents(roles: HeadRoles) -> str:
    """Say on what the heads are measured."""
    texts = roles.documents.texts
    if not texts:
        return "Not measured: the text of this run is not at hand."
    count = f"{len(texts):,} document{'s' if len(texts) > 1 else ''}"
    if not roles.is_whole:
        count = f"{roles.count:,} of {count}"
    return f"Measured on {count} {_WHICH[roles.documents.kind]}"


def reading(role: HeadRole) -> str:
    """Say in a line what a head does, and all its measures."""
    told = [
        f"{name_of(measure.pattern)} {measure.mean:.2f}"
        for measure in role.measures
        if measure.rows
    ]
    if not told:
        return ""
    return f"What it does: {forms(role)[0]} (measured: {', '.join(told)})."


def why(role: HeadRole) -> str:
    """Say why a head is called what it is."""
    named = role.clearest
    if named is None:
        return (
            f"No clear pattern: none is {CLEAR:g} beyond chance in {LEAST_ROWS} rows "
            f"or more, and it is not {EVEN:g} even."
        )
    if named.pattern is Pattern.EVEN:
        return f"Called even: {named.mean:.3f} is at least {EVEN:g}."
    return (
        f"Named by {TOLD[named.pattern]}: {named.beyond_chance:.3f} beyond chance is "
        f"the most, and at least {CLEAR:g}."
    )
