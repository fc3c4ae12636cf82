"""Processes that measure, and what becomes of those that do not answer."""

from __future__ import annotations

import pytest

from microgpt_gui.bench.child import ChildFailed, run_python


def test_answer_and_error_output_come_back():
    code = "import sys; print('[1, 2.5]'); print('note', file=sys.stderr)"
    assert run_python(["-c", code]) == ([1, 2.5], "note\n")


def test_environment_is_added_to():
    code = (
        "import os, json; print(json.dumps([os.environ['ONE'], 'PATH' in os.environ]))"
    )
    assert run_python(["-c", code], {"ONE": "1"})[0] == ["1", True]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit('no display')", "ended with 1: no display"),
        ("print('hello')", "gave no figures: it said nothing"),
        ("", "gave no figures"),
    ],
)
def test_failure_is_told_in_its_last_words(code, said):
    with pytest.raises(ChildFailed, match=said):
        run_python(["-c", code])


def test_process_that_hangs_is_given_up():
    with pytest.raises(ChildFailed, match=r"given up after 0\.5 s"):
        run_python(["-c", "import threading; threading.Event().wait()"], None, 0.5)
