"""The kind of thread that engines work on."""

from PySide6.QtCore import QObject, QThread

#: Deep recursion is not needed, but libraries called on the thread may be generous.
STACK_BYTES = 64 * 1024 * 1024


class WorkerThread(QThread):
    """A thread with a name, for a debugger, and room on its stack."""

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setStackSize(STACK_BYTES)
