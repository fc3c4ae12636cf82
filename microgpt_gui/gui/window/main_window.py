"""The window: menus, the top bar, notices, and the docks below them."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.files.autosaver import Autosaver
from microgpt_gui.gui.files.documents import Document
from microgpt_gui.gui.files.recovery import Recovery
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.file_drops import dropped_file
from microgpt_gui.gui.widgets.keys import FocusKeys
from microgpt_gui.gui.widgets.lower_edge import LowerEdge
from microgpt_gui.gui.widgets.notice import Notice
from microgpt_gui.gui.widgets.sight import FocusInSight
from microgpt_gui.gui.widgets.typing import FOCUS_RESTS, give_keys_back
from microgpt_gui.gui.window.actions import Actions
from microgpt_gui.gui.window.arrivals import Arrivals
from microgpt_gui.gui.window.closing import Closing
from microgpt_gui.gui.window.divergence_bar import DivergenceBar
from microgpt_gui.gui.window.dock_host import DockHost
from microgpt_gui.gui.window.file_marks import FileMarks
from microgpt_gui.gui.window.file_menu import FileMenu
from microgpt_gui.gui.window.menus import Menus
from microgpt_gui.gui.window.pace.actions import PaceActions
from microgpt_gui.gui.window.panel_area import PanelArea
from microgpt_gui.gui.window.recovery_bar import RecoveryBar
from microgpt_gui.gui.window.remembering import Remembering, restore_arrangements
from microgpt_gui.gui.window.shared_lock import SharedLock
from microgpt_gui.gui.window.slowness import SlowSteps
from microgpt_gui.gui.window.timeline import TimelineBar
from microgpt_gui.gui.window.title import Title
from microgpt_gui.gui.window.topbar import TopBar
from microgpt_gui.gui.window.train_question import TrainQuestion
from microgpt_gui.gui.window.waiting import Waiting
from microgpt_gui.resources import resource

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.preferences import Preferences
    from microgpt_gui.gui.workshop import Workshop


class MainWindow(QMainWindow):
    """One window, one run.

    Attributes:
        docks: Where the panels stand.
        fold_strip: What is left of them where they are folded.
        text_bar: The text that is looked at, in a layout that has it above the panels.
        topbar: What drives the run.
        notice: Messages to the person.
        arrivals: What leads files into the window.
        document: The run as a file.
        files: What opens and saves.
        closing: Whether it may close.
        autosaver: Keeps the run safe from crashes, once it is started.
        recovery: What crashes have left behind.
        divergence_bar: Where the run diverged, if it did.
        remembering: What keeps the person's choices for the next start.
        timeline: Which moment of the run is shown.
        train_question: Which model to train, where settings wait for a new one.
    """

    def __init__(
        self, workshop: Workshop, appearance: Appearance, preferences: Preferences
    ) -> None:
        super().__init__()
        self._workshop = workshop
        self._run = run = workshop.run
        self._appearance = appearance
        self._is_remembered = True
        self.setWindowIcon(QIcon(str(resource("icons/app.svg"))))
        self.setMinimumSize(640, 420)
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._centre = centre = QWidget()
        # A click beside all fields ends typing: single keys drive the run again.
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        centre.setProperty(FOCUS_RESTS, True)
        self.actions_of_run = Actions(workshop, self)
        self._pace = PaceActions(run, appearance, preferences, self)
        self.topbar = TopBar(run, appearance, self.actions_of_run, self._pace)
        self.docks = DockHost(workshop, appearance, centre)
        self.remembering = Remembering(self, self.docks, appearance, preferences)
        self.document = Document(workshop, self)
        Waiting(self.topbar.progress, workshop, self.document)
        self.files = FileMenu(self, workshop, self.document)
        self.closing = Closing(self, workshop, self.document, self.files, preferences)
        self._title = Title(self, workshop, self.document)
        self.autosaver = Autosaver(workshop, self.document, self)
        self.recovery = Recovery(self.document, self.autosaver, self)
        self.divergence_bar = DivergenceBar(
            run, appearance, self.actions_of_run.retreat
        )
        self._column = QVBoxLayout(centre)
        for line in (self.topbar, self.divergence_bar):
            self._column.addWidget(line)
        area = PanelArea(self.docks, workshop, appearance)
        self.text_bar, self.fold_strip = area.text_bar, area.fold_strip
        edge = LowerEdge(area.scroller, appearance)
        self.recovery_bar = RecoveryBar(self.recovery, appearance, edge)
        self.notice = Notice(appearance, edge)
        self._column.addWidget(area, 1)
        self.timeline = TimelineBar(workshop, appearance)
        self._column.addWidget(self.timeline)
        self.actions_of_run.more_requested.connect(self.timeline.open_extension)
        self._marks = FileMarks(self.timeline, run, self.document)
        self.train_question = self._ask_for_model(centre)
        self.setCentralWidget(centre)
        self.menus = self._build_menus(preferences)
        self.setMenuBar(self.menus)
        self._watch_focus()
        self.arrivals = Arrivals(
            self, run, self.document, self.files, self.docks, self.notice
        )
        self._listen_for_notices()
        appearance.changed.connect(self._restyle)
        self._restyle()
        centre.setFocus()  # not the first button: nothing is chosen yet
        self.restoreGeometry(QByteArray.fromHex(preferences.geometry.encode()))
        restore_arrangements(self.docks, preferences)

    def _build_menus(self, preferences: Preferences) -> Menus:
        return Menus(
            self,
            self._workshop,
            self._appearance,
            preferences,
            files=self.files,
            document=self.document,
            recovery=self.recovery,
            closing=self.closing,
            docks=self.docks,
            actions=self.actions_of_run,
            pace=self._pace,
            actions_of_timeline=self.timeline.actions_of_timeline,
            notice=self.notice,
        )

    def _listen_for_notices(self) -> None:
        run = self._run
        for signal in (
            run.noticed,
            run.failed,
            run.compiling.failed,
            self.timeline.noticed,
            self.files.troubled,
            SlowSteps(run, self).noticed,
            SharedLock(run, self).noticed,
        ):
            signal.connect(self.notice.show_message)
        lessons = self.files.lessons
        for part in (self.document, self.autosaver, self.recovery, lessons):
            part.failed.connect(self.notice.show_message)
        what_if = self._workshop.what_if
        took_over = self._run.compiling.took_over
        for news in (self.recovery.noticed, lessons.told, what_if.ended, took_over):
            news.connect(self.notice.show_news)
        run.started.connect(self.notice.dismiss)

    def _ask_for_model(self, over: QWidget) -> TrainQuestion:
        """Return what asks which model to train, in ``over``."""
        actions = self.actions_of_run
        actions.model_asked.connect(self._on_model_asked)
        return TrainQuestion(self._run, self._appearance, actions, over)

    @Slot(object)
    def _on_model_asked(self, action: QAction) -> None:
        is_step = action is self.actions_of_run.step
        button = self.topbar.step if is_step else self.topbar.train
        self.train_question.ask(action, button)

    def _watch_focus(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        FocusKeys(app, self)
        FocusInSight(app, self)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Give the keys back where what had them is hidden or can do nothing now.

        Qt would go on to the next button, and Space would press that.
        """
        focus = QApplication.focusWidget()
        if focus is None or (focus.isVisible() and focus.isEnabled()):
            return super().focusNextPrevChild(is_next)
        give_keys_back(self._centre)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome one file of this computer, wherever it is dropped."""
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a run, or let the panel open the file whose it is."""
        event.acceptProposedAction()
        self.arrivals.take(dropped_file(event.mimeData()))

    def event(self, event: QEvent) -> bool:
        """Hold the interpreter's lock while all that is due is painted.

        Else each widget that paints in Python would have to win it from the trainer.
        """
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, and end the training thread before going."""
        if self._is_remembered and not self.closing.may_close():
            event.ignore()
            return
        with ExitStack() as parts:
            # From the last to the first, each of them even where others fail: a thread
            # left running would keep the program, or abort it at its end.
            for part in (
                self._workshop,
                self.autosaver,
                self.files.lessons,
                self.document,
                self.recovery,
            ):
                parts.callback(part.shut_down)
            parts.callback(self._leave_what_is_lost)
            parts.callback(self.docks.panels.shut_down)
            parts.callback(self._close_dialogs)
            parts.callback(self.hide)  # at once, whatever the thread's last step takes
            parts.callback(self.remembering.shut_down)
            if self._is_remembered:
                self.remembering.save_now()
        super().closeEvent(event)

    def _close_dialogs(self) -> None:
        for dialog in self.findChildren(QDialog):
            dialog.close()  # one may have work under way

    def _leave_what_is_lost(self) -> None:
        if self.closing.is_unasked and self.closing.would_lose_work():
            self.autosaver.leave()

    def close_unasked(self) -> None:
        """Close where nobody can answer; the next start offers what would be lost."""
        self.closing.is_unasked = True
        self.close()

    def close_without_remembering(self) -> None:
        """Close and leave the person's preferences as they are."""
        self._is_remembered = False
        self.close()

    @Slot()
    def _restyle(self) -> None:
        px = self._appearance.px
        margin = px(sizes.SMALL)
        self._column.setContentsMargins(margin, 0, margin, margin)
        self._column.setSpacing(px(sizes.SMALL))
