"""Engines in an interpreter of their own, from CPython 3.14 on."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
import weakref

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken, CheckedBy
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.engine.python import PythonEngine

if sys.version_info >= (3, 14):
    from concurrent import interpreters
else:
    pytest.skip("needs CPython 3.14: interpreters", allow_module_level=True)

from microgpt_gui.engine.isolated import choice
from microgpt_gui.engine.isolated.engine import IsolatedEngine
from microgpt_gui.engine.steps import StepsAhead

CONFIG = ModelConfig(9, n_embd=8, n_head=2, block_size=6)
TOKENS = [8, 1, 2, 3, 4, 8]


def made(name="python", config=CONFIG, cancel=None):
    parameters = initial_parameters(config, random.Random(1), CancelToken())
    return ENGINES[name](config, parameters, AdamConfig(), cancel or CancelToken())


def on_a_thread(work):
    """Return what ``work`` returns or raises, done on a thread beside the main one."""
    results = []

    def run():
        try:
            results.append(work())
        except Exception as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results.pop()


def test_who_trains_on_a_thread_leaves_the_lock_to_the_others(request):
    """With no switching, who holds the lock would keep it to the end of the steps."""
    request.addfinalizer(lambda: sys.setswitchinterval(interval_s))
    interval_s = sys.getswitchinterval()
    sys.setswitchinterval(3600)
    ready = threading.Event()
    ended_s = []

    def train():
        engine = made()
        ahead = StepsAhead.of([TOKENS] * 1000, [0.01] * 1000)
        ready.set()
        engine.train_steps(ahead, time.monotonic() + 0.2)
        ended_s.append(time.monotonic())

    thread = threading.Thread(target=train)
    thread.start()
    ready.wait()
    for _ in range(3):
        time.sleep(0)  # lets go of the lock, and takes it back
    seen_s = time.monotonic()
    thread.join()
    assert seen_s < ended_s[0] - 0.1
    # Who trains on the main thread shares it with nobody.
    assert isinstance(made(), PythonEngine)


def test_what_a_function_raises_ends_a_step_half_way_and_comes_out():
    """A step of this model takes some 3 s; a function is asked meanwhile."""
    config = ModelConfig(60, n_layer=4, n_embd=64, n_head=4, block_size=64)
    asked, seen = [], []

    def ask():
        asked.append(time.monotonic())
        if len(asked) > wanted:
            raise LookupError("nobody waits for this")

    wanted = 1_000_000

    def work():
        nonlocal wanted
        engine = made("autograd", config, CheckedBy(ask))
        wanted = len(asked) + 5
        seen.append(weakref.ref(engine))
        return engine.train_step([59, *range(50), 59], 0.01)

    error = on_a_thread(work)
    assert isinstance(error, LookupError)
    assert str(error) == "nobody waits for this"
    assert time.monotonic() - asked[-1] < 1
    # And no cycle holds the engine: it would wait for a collection.
    assert seen[0]() is not None
    del error
    assert seen[0]() is None


def test_quick_steps_are_asked_between():
    """Those of the middle of a text, with the numbers that they have anywhere."""
    text = StepsAhead.of([TOKENS, [8, 5, 8], [8, 6, 7, 8]] * 100, [0.01] * 300)
    ahead = StepsAhead(text.tokens, text.starts[40:], text.learning_rates[40:])
    plain, asked = made(), []

    def work():
        engine = made(cancel=CheckedBy(lambda: asked.append(time.monotonic())))
        some = StepsAhead(text.tokens, text.starts[:41], text.learning_rates[:40])
        engine.train_steps(some)
        del asked[:]
        return engine.train_steps(ahead), engine.state()

    done, state = on_a_thread(work)
    wanted = [plain.train_steps(text).losses[40:], plain.state()]
    assert [done.losses, state] == wanted
    assert len(asked) > 1


def test_the_next_engine_uses_the_interpreter_of_the_last():
    def work():
        seen = set()
        for _ in range(3):
            engine = made()
            assert isinstance(engine, IsolatedEngine)
            engine.train_step(TOKENS, 0.01)
            del engine  # its interpreter is the next one's
            seen.add(tuple(interpreters.list_all()))
        return seen

    (some,) = on_a_thread(work)
    on_a_thread(lambda: [made(), made(), made()] and None)
    assert len(interpreters.list_all()) == len(some)


def test_without_interpreters_the_lock_is_shared(tmp_path, monkeypatch):
    """The package that another interpreter finds first cannot be imported there."""
    monkeypatch.setattr(choice._Trouble, "words", "")
    on_a_thread(lambda: made() and None)
    broken = tmp_path / "microgpt_gui"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('no such luck')")
    monkeypatch.syspath_prepend(tmp_path)

    def work():
        before = set(interpreters.list_all())
        held = made()  # in the interpreter that was kept
        engines = [made(), made()]
        assert set(interpreters.list_all()) == before
        return type(held), [type(engine) for engine in engines]

    assert on_a_thread(work) == (IsolatedEngine, [PythonEngine] * 2)
    assert choice.trouble() == "ImportError: no such luck"


#: Ends with engines in use, in a cycle and done with.
PROGRAM = """
import atexit, gc, random, threading
from concurrent import interpreters

def count():
    print([i.id for i in interpreters.list_all()])

atexit.register(count)  # called last
gc.disable()

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.initial import initial_parameters

config = ModelConfig(9, n_embd=8, n_head=2, block_size=6)
kept = []

def work():
    for name in ("python", "autograd", "python"):
        parameters = initial_parameters(config, random.Random(1), CancelToken())
        engine = ENGINES[name](config, parameters, AdamConfig(), CancelToken())
        engine.train_step([8, 1, 2, 8], 0.01)
        kept.append(engine)
    kept[0].itself = kept[0]
    del kept[:2]

thread = threading.Thread(target=work)
thread.start()
thread.join()
count()
"""


def test_no_interpreter_is_left_at_the_end():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[0, 1, 2, 3]\n[0]\n", "")
