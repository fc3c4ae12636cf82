"""What a page can leave in files, whether it has been shown or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.workshop import Workshop

View = TypeVar("View")


class PageExports(QObject, Generic[View]):
    """Offers what the view of a page shows; subclasses implement `offers`, `copies`."""

    def __init__(
        self, workshop: Workshop, seen: Callable[[], View | None], parent: QObject
    ) -> None:
        """Offer it.

        Args:
            workshop: Whose run it is of.
            seen: Returns the view; None while nobody has looked at the page.
            parent: Ends this.
        """
        super().__init__(parent)
        self._workshop = workshop
        self._seen = seen

    def offers(self) -> list[ExportOffer]:
        """Return what the Export menu lists."""
        raise NotImplementedError

    def copies(self) -> list[CopyOffer]:
        """Return what can be copied."""
        raise NotImplementedError
