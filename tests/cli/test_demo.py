"""The window plays by itself, and ends by itself."""

from __future__ import annotations


def test_it_ends_without_a_display_though_closing_would_lose_training(
    microgpt, tmp_path
):
    # Displays that another session has left behind: Qt would end the process.
    gone = {
        "QT_QPA_PLATFORM": "",
        "WAYLAND_DISPLAY": str(tmp_path / "gone"),
        "DISPLAY": ":7654",
    }
    result = microgpt(
        "demo",
        "--screenshot",
        "window.png",
        *("--dataset", "elements", "--n-embd", "8", "--n-head", "2", "--steps", "150"),
        env=gone,
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"after 150 steps" in result.stdout
    assert (tmp_path / "window.png").read_bytes().startswith(b"\x89PNG")
