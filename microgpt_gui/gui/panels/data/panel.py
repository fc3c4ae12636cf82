"""The data panel: pages on the documents, and what the model makes of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from microgpt_gui.gui.panel.explanation import ExplanationButton
from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panels.data.documents.exports import DocumentsExports
from microgpt_gui.gui.panels.data.documents.page import DocumentsPage
from microgpt_gui.gui.panels.data.own_words.exports import LinesExports
from microgpt_gui.gui.panels.data.own_words.page import OwnWordsPage
from microgpt_gui.gui.panels.data.page import Page
from microgpt_gui.gui.panels.data.samples.exports import TallyExports
from microgpt_gui.gui.panels.data.samples.page import SamplesPage
from microgpt_gui.gui.panels.data.statistics.exports import StatisticsExports
from microgpt_gui.gui.panels.data.statistics.page import StatisticsPage
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.pace import Pace
from microgpt_gui.gui.widgets.page_switch import PageSwitch

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.panels.data.documents.rows import DocumentRows
    from microgpt_gui.gui.panels.data.own_words.rows import LineRows
    from microgpt_gui.gui.panels.data.samples.rows import KindRows
    from microgpt_gui.gui.panels.data.statistics.view import StatisticsView
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: While it trains, words change at most so often: faster nobody reads them.
READING_MS = 200

#: In less width the switch has small buttons, in pixels at 100 %.
_NARROW = 560


#: In the order of the switch.
_PAGES: tuple[type[Page], ...] = (
    DocumentsPage,
    StatisticsPage,
    OwnWordsPage,
    SamplesPage,
)

Built = TypeVar("Built", bound=Page)


class DataPanel(Panel):
    """Shows one page at a time; each is built when somebody looks at it.

    Attributes:
        switch: Which page is shown.
    """

    title = "Data"
    hint = (
        "The documents that the run learns from: looked through, counted, and scored "
        "by the model; and how many of its samples are new."
    )

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._built: dict[type[Page], Page] = {}
        self.switch = PageSwitch(
            "Page of the data", [(page.title, page.tip) for page in _PAGES]
        )
        self._summary = ElidedLabel()
        self._stack = QStackedWidget()
        self._explanations = [
            ExplanationButton(page.title, page.words, appearance) for page in _PAGES
        ]
        self.header = [*self._explanations]
        self._top = QHBoxLayout()
        self._top.addWidget(self.switch)
        self._top.addWidget(self._summary, 1)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._top)
        self._whole.addWidget(self._stack, 1)
        self._pace = Pace(self, READING_MS)
        self._pace.due.connect(self._refresh)
        self._exports = (
            DocumentsExports(workshop, self._documents_seen, self),
            StatisticsExports(workshop, self._statistics_seen, self),
            LinesExports(workshop, self._lines_seen, self),
            TallyExports(workshop, self._kinds_seen, self),
        )
        self.switch.chosen.connect(self._on_switch_chosen)
        workshop.timeline.moved.connect(self._on_timeline_moved)
        self._show_explanation()
        self.restyle()

    # The pages

    @property
    def documents(self) -> DocumentsPage:
        """The page of documents."""
        return self._page(DocumentsPage)

    @property
    def statistics(self) -> StatisticsPage:
        """The text in numbers."""
        return self._page(StatisticsPage)

    @property
    def own_words(self) -> OwnWordsPage:
        """Lines of the person's own."""
        return self._page(OwnWordsPage)

    @property
    def samples(self) -> SamplesPage:
        """Many samples, counted."""
        return self._page(SamplesPage)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._page(_PAGES[self.switch.current])

    def _page(self, kind: type[Built]) -> Built:
        """Return a page, built now if need be."""
        page = self._seen(kind)
        if page is None:
            page = kind(self.workshop, self.appearance)
            self._built[kind] = page
            self._stack.addWidget(page)
            page.changed.connect(self._tell)
            page.restyle()
        return page

    def _seen(self, kind: type[Built]) -> Built | None:
        page = self._built.get(kind)
        return page if isinstance(page, kind) else None

    def _documents_seen(self) -> DocumentRows | None:
        page = self._seen(DocumentsPage)
        return page.rows if page is not None else None

    def _statistics_seen(self) -> StatisticsView | None:
        page = self._seen(StatisticsPage)
        return page.view if page is not None else None

    def _lines_seen(self) -> LineRows | None:
        page = self._seen(OwnWordsPage)
        return page.rows if page is not None else None

    def _kinds_seen(self) -> KindRows | None:
        page = self._seen(SamplesPage)
        return page.kinds if page is not None else None

    @property
    def summary(self) -> str:
        """What is said beside the switch."""
        return self._summary.text()

    def redraw(self) -> None:
        """Bring the page up to date: at once at rest, else at a readable pace."""
        if self.run.state is RunState.TRAINING:
            self._pace.ask()
        else:
            self._refresh()

    def settle(self) -> None:
        """See `Panel`."""
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._pace.forget()
        if self.isVisible():
            self._stack.setCurrentWidget(self.page)
            self.page.refresh()
            self._tell()

    @Slot()
    def _tell(self) -> None:
        say(self._summary, self.page.summary())

    @Slot(int)
    def _on_switch_chosen(self, _number: int) -> None:
        self._show_explanation()
        self._refresh()

    def _show_explanation(self) -> None:
        for number, button in enumerate(self._explanations):
            is_hidden = number != self.switch.current
            if is_hidden or button.parentWidget():  # without one, it would be a window
                button.setHidden(is_hidden)

    @Slot()
    def _on_timeline_moved(self) -> None:
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have smaller buttons where there is little room beside them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.switch.set_compact(self.width() < self.appearance.px(_NARROW))

    def shut_down(self) -> None:
        """See `Panel`."""
        for page in self._built.values():
            page.shut_down()

    def restyle(self) -> None:
        """See `Panel`."""
        self._fit()
        px = self.appearance.px
        side = px(sizes.MEDIUM)
        self._whole.setContentsMargins(side, px(2), side, px(sizes.SMALL))
        self._whole.setSpacing(px(sizes.SMALL))
        self._top.setSpacing(px(sizes.MEDIUM))
        self.switch.set_spacing(px(sizes.TIGHT))
        for page in self._built.values():
            page.restyle()

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return [offer for exports in self._exports for offer in exports.offers()]

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports[self.switch.current].copies()
