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
    (tmp_path / "poem.txt").write_text("so\nmuch\n\nde\npends\n")
    result = microgpt(
        *("demo", "--screenshot", "window.png"),
        *("--dataset", "poem.txt", "--documents", "paragraphs"),
        *("--n-embd", "8", "--n-head", "2", "--steps", "150"),
        env=gone,
    )
    assert (result.returncode, result.stderr) == (0, b"")
    loss, names, picture = result.stdout.splitlines()
    assert loss.endswith(b"after 150 steps")
    assert b"\\n" in names
    assert picture == b"picture: window.png"
    assert (tmp_path / "window.png").read_bytes().startswith(b"\x89PNG")
