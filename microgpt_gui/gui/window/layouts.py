"""Where the panels stand until the person moves them: the layouts, as values.

This is the only place that says so. A panel has its place in each of them, by its
title; the tests hold every layout to that, and to at most MOST_TABS tabs in a row.
"""

from __future__ import annotations

from dataclasses import dataclass

#: More tabs in a row are not told apart: give a stack a second group before that.
MOST_TABS = 6

#: What the two groups of a stack are called: views into the model, and what is tried
#: with it and learnt from.
GROUP_NAMES = ("Model", "Experiments")

#: What one panel needs alone to be of use: width and height, in pixels at 100 %.
LEAST_FILLED = (340, 200)

#: A column that takes what is left needs so much width beside others, and two panels
#: above each other so much height.
_LEAST_WIDTH, _LEAST_HEIGHT_OF_TWO = 246, 370


@dataclass(frozen=True, slots=True)
class Stack:
    """Panels in one place, as tabs.

    Attributes:
        tabs: Titles of panels, in the order of their tabs.
        height: Relative to the other stacks of the column.
        front: The title of the one in front; empty for the first.
        others: Those of a second group, which is seen instead of the first when it is
            wanted; see GROUP_NAMES. In at most one stack of a layout.
    """

    tabs: tuple[str, ...]
    height: int = 1
    front: str = ""
    others: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Of all its panels, of both groups."""
        return self.tabs + self.others


@dataclass(frozen=True, slots=True)
class Column:
    """Stacks above each other.

    Attributes:
        stacks: From top to bottom.
        width: In pixels at 100 %; None takes what the others leave.
        folds: It can be put aside, into a strip at the window's edge.
    """

    stacks: tuple[Stack, ...]
    width: int | None = None
    folds: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """Of all its panels."""
        return tuple(title for stack in self.stacks for title in stack.titles)


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to lay the window out.

    Attributes:
        name: In the menu, and in preferences.
        tip: What it is for, in one sentence.
        columns: From left to right.
        is_folded: Whether what folds is folded at first.
        has_text: Whether the text that is looked at stands above the panels.
    """

    name: str
    tip: str
    columns: tuple[Column, ...]
    is_folded: bool = False
    has_text: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """Of all panels, column by column."""
        return tuple(title for column in self.columns for title in column.titles)

    @property
    def folding(self) -> tuple[str, ...]:
        """Titles of the panels that are put aside together; may be empty."""
        return tuple(
            t for column in self.columns if column.folds for t in column.titles
        )

    @property
    def groups(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Titles of the views that lie behind each other, by group; see GROUP_NAMES."""
        stack = next(s for c in self.columns for s in c.stacks if s.others)
        return stack.tabs, stack.others

    @property
    def fronts(self) -> tuple[str, str]:
        """Title of the view of each group that is in front at first."""
        stack = next(s for c in self.columns for s in c.stacks if s.others)
        return stack.front or stack.tabs[0], stack.others[0]

    def least_size(self, *, is_folded: bool) -> tuple[int, int]:
        """Return the width and height, in pixels at 100 %, to be of use."""
        columns = [c for c in self.columns if not (c.folds and is_folded)]
        width = sum(column.width or _LEAST_WIDTH for column in columns)
        is_single = all(len(column.stacks) == 1 for column in columns)
        least_width, least_height = LEAST_FILLED
        height = least_height if is_single else _LEAST_HEIGHT_OF_TWO
        return max(width, least_width), height


_MODEL = ("Next letter", "Attention", "Inside", "Weights", "Embeddings", "Graph")

_SETTINGS = Column((Stack(("Run", "Runs")),), width=256, folds=True)

DESK = Layout(
    "Desk",
    "Where one works: settings, loss, a view of the model, and samples side by side",
    (
        _SETTINGS,
        Column(
            (
                Stack(("Loss",), height=4),
                Stack(
                    _MODEL,
                    height=5,
                    front="Attention",
                    others=("Data", "Tokens", "Race"),
                ),
            )
        ),
        Column((Stack(("Sampling",)),), width=308),
    ),
)

LOOK = Layout(
    "Look",
    "Where one looks: one view, as large as it gets, below the text that it is of",
    (
        _SETTINGS,
        Column(
            (
                Stack(
                    _MODEL,
                    front="Attention",
                    others=("Loss", "Sampling", "Data", "Tokens", "Race"),
                ),
            )
        ),
    ),
    is_folded=True,
    has_text=True,
)

#: In the order of the menu; the first is the usual one.
LAYOUTS = (DESK, LOOK)


def layout_named(name: str) -> Layout:
    """Return the layout of that name, or else the usual one."""
    return next((layout for layout in LAYOUTS if layout.name == name), LAYOUTS[0])
