"""Run as a program under a Wayland display: what becomes of the window, as JSON."""

import json
import time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QWindow
from PySide6.QtTest import QTest

from microgpt_gui.app import Playground
from microgpt_gui.gui.window.first_size import FirstSize
from microgpt_gui.gui.window.full_screen import FullScreen
from microgpt_gui.gui.window.preferences import Preferences


def wait_for(is_so):
    """Let the display answer until ``is_so``; say whether that came."""
    end_s = time.monotonic() + 20
    while not is_so() and time.monotonic() < end_s:
        QTest.qWait(20)
    return bool(is_so())


def shown(preferences):
    playground = Playground(preferences)
    is_remembered = bool(preferences.geometry)
    size = FirstSize(playground.window, is_remembered=is_remembered)
    playground.painted.done.connect(size.settle)
    playground.window.show()
    assert QTest.qWaitForWindowExposed(playground.window, 60_000)
    return playground


def attention(window):
    return next(d for d in window.docks.docks if d.windowTitle() == "Attention")


def size(window):
    return [window.width(), window.height()]


def main():
    playground = shown(Preferences())
    window, told = playground.window, {"platform": playground.app.platformName()}
    screen = window.screen().availableGeometry().size()

    def fits():
        frame = window.windowHandle().frameMargins()
        whole = window.size().grownBy(frame)
        return frame.top() and whole.boundedTo(screen) == whole

    told["fits"] = wait_for(fits)
    window.resize(1000, 700)
    QTest.qWait(300)
    full = window.findChild(FullScreen)
    told["sizes"] = []
    for _ in range(2):
        full.toggle()
        wait_for(lambda: window.size() == screen)
        full.toggle()
        wait_for(lambda: size(window) == [1000, 700])
        QTest.qWait(300)  # whatever the display still wants
        told["sizes"].append(size(window))
    attention(window).setFloating(True)
    wait_for(attention(window).isVisible)
    full.toggle()
    wait_for(lambda: window.size() == screen)
    window.close()

    again = shown(Preferences.read()).window
    dock = attention(again)
    told["restored"] = wait_for(dock.isVisible)
    told["is above"] = dock.windowHandle().transientParent() is again.windowHandle()
    wait_for(lambda: again.size() == screen)
    again.findChild(FullScreen).toggle()
    wait_for(lambda: size(again) == [1000, 700])
    QTest.qWait(300)
    told["sizes"].append(size(again))
    moved = []  # there is no mouse to move it by
    QWindow.startSystemMove = lambda window: moved.append(window)
    title = dock.titleBarWidget()
    QTest.mousePress(title, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    QTest.mouseMove(title, QPoint(60, 40))
    wait_for(lambda: bool(moved))
    told["moved"] = len(moved)
    QTest.mouseRelease(title, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    QTest.mouseDClick(title, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    told["back"] = wait_for(lambda: not dock.isFloating() and dock.isVisible())
    dock.setFloating(True)
    wait_for(dock.isVisible)
    playground.app.sendEvent(dock.windowHandle(), QCloseEvent())  # as the system does
    told["back again"] = wait_for(lambda: not dock.isFloating() and dock.isVisible())
    again.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
