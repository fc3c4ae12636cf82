from __future__ import annotations

import gc
import hashlib
import http.server
import threading
from dataclasses import replace

import pytest


@pytest.fixture(scope="session", autouse=True)
def no_collection_elsewhere():
    """As in the program: a collection on a trainer's thread would destroy widgets."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def nothing_on_the_clipboard(qapp):
    """At the end: offscreen, the clipboard outlives Python and would call it."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="module", autouse=True)
def what_stayed_is_looked_at():
    """Once a file: something may have become garbage since."""
    gc.unfreeze()


@pytest.fixture(autouse=True)
def collection_here():
    """Collect on the thread of the widgets, between two tests."""
    yield
    gc.collect()
    gc.freeze()  # what stays is not looked at again and again


class NamesServer(http.server.ThreadingHTTPServer):
    """Serves one file on the loopback address, in the way a test asks for.

    Attributes:
        way: "good", "wrong", "missing" (404), "silent" or "dripping".
        asked: Set once a client has asked.
        released: Ends the answers that hang.
    """

    content = b"emma\nolivia\nava\n" * 14_000

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.way = "good"
        self.asked = threading.Event()
        self.released = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/some/where/names.txt"


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        server.asked.set()
        way = server.way
        if way == "silent":
            server.released.wait()
            return
        self.send_response(404 if way == "missing" else 200)
        length = 0 if way == "missing" else len(server.content)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        try:
            if way == "good":
                self.wfile.write(server.content)
            elif way == "wrong":
                self.wfile.write(server.content[::-1])
            while way == "dripping" and not server.released.wait(0.005):
                self.wfile.write(b"emma\n" * 100)
        except ConnectionError:
            pass  # the client hung up, as it may

    def log_message(self, *_):
        pass


@pytest.fixture
def names_server(monkeypatch):
    """A server that the registry's download comes from, and whose file it expects."""
    from microgpt_gui.data import DATASETS

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with NamesServer() as server:
        makemore = DATASETS["makemore"]
        sha256 = hashlib.sha256(server.content).hexdigest()
        origin = replace(makemore.origin, sha256=sha256)
        monkeypatch.setitem(DATASETS, "makemore", replace(makemore, origin=origin))
        monkeypatch.setenv("MICROGPT_GUI_NAMES_URL", server.url)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def run_panel(started_run, appearance, qtbot):
    """The Run panel at its usual size, over a small untrained run."""
    from microgpt_gui.gui.panels.run_settings import RunPanel
    from microgpt_gui.gui.theme.scale import Scale
    from tests.gui.beside import workshop_of

    panel = RunPanel(workshop_of(started_run), appearance)
    qtbot.addWidget(panel)
    panel.resize(250, 900)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    yield panel
    panel.shut_down()
    appearance.set_scale(Scale())


@pytest.fixture
def show_panel(appearance, qtbot):
    """A function that shows a panel at its usual size; the look is put back later."""
    from microgpt_gui.gui.theme.scale import Scale

    def show(panel, width, height):
        qtbot.addWidget(panel)
        panel.resize(width, height)
        with qtbot.waitExposed(panel):
            panel.show()
        return panel

    yield show
    appearance.set_mode("light")
    appearance.set_scale(Scale())


@pytest.fixture
def empty_attention_panel(run, appearance, show_panel):
    """The attention panel, without a run."""
    from microgpt_gui.gui.panels.attention import AttentionPanel
    from tests.gui.beside import workshop_of

    return show_panel(AttentionPanel(workshop_of(run), appearance), 720, 370)


@pytest.fixture
def attention_panel(empty_attention_panel, qtbot):
    """Over a small untrained run, whose attention it shows."""
    from tests.gui.attention_panel import CONFIG, begin

    begin(qtbot, empty_attention_panel, CONFIG)
    return empty_attention_panel


@pytest.fixture
def empty_loss_panel(run, appearance, show_panel):
    """The loss panel, without a run."""
    from microgpt_gui.gui.panels.loss import LossPanel
    from tests.gui.beside import workshop_of

    return show_panel(LossPanel(workshop_of(run), appearance), 720, 260)


@pytest.fixture
def loss_panel(empty_loss_panel, qtbot):
    """Over a small untrained run."""
    from tests.gui.loss_panel import CONFIG, begin

    begin(qtbot, empty_loss_panel, CONFIG)
    return empty_loss_panel


@pytest.fixture
def table(qtbot, appearance):
    """The table of samples, empty."""
    from microgpt_gui.gui.panels.sampling.table_view import SampleTable

    table = SampleTable(appearance)
    qtbot.addWidget(table)
    table.resize(300, 300)
    table.show()
    return table


@pytest.fixture
def trained(playground, qtbot):
    """The window with a run at its end, and samples."""
    from microgpt_gui.gui.run.run_state import RunState
    from tests.gui.exporting import attention_of, is_shown

    run = playground.run
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    attention = attention_of(playground)
    qtbot.waitUntil(lambda: is_shown(attention, run.step))
    return playground
