"""What stands beside a run in its workshop."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from microgpt_gui.session.reading.questions import TextQuestion


def workshop_of(run):
    return run.parent()


def shelf_of(run):
    return workshop_of(run).shelf


def timeline_of(run):
    return workshop_of(run).timeline


def comparison_of(run):
    return workshop_of(run).comparison


def subject_of(run):
    return workshop_of(run).subject


def draws_of(run):
    return workshop_of(run).draws


class Looking(QObject):
    """A view that is always seen: it reads the text at the moment that is shown."""

    def __init__(self, workshop):
        super().__init__(workshop)
        self.wish = workshop.wish(self)
        self._subject = workshop.subject
        self._timeline = timeline = workshop.timeline
        timeline.emptied.connect(self.wish.drop)
        timeline.moved.connect(self.follow)
        timeline.advanced.connect(self.go_on)
        self._subject.changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self):
        self._want(True)

    @Slot()
    def go_on(self):
        self._want(False)

    def _want(self, is_asked_for):
        if (place := self._timeline.place) is not None:
            question = TextQuestion(self._subject.text)
            self.wish.want(place, question, is_asked_for=is_asked_for)


def looks_of(run):
    """Return the wish of a view of this run, which begins to look at the first call."""
    workshop = workshop_of(run)
    looking = workshop.findChild(Looking) or Looking(workshop)
    return looking.wish


def look_of(run):
    """Return what that view shows, or None."""
    return looks_of(run).answer
