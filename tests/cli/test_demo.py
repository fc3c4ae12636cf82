"""The window plays by itself, and ends by itself."""

from __future__ import annotations


def test_it_ends_though_closing_would_lose_training(microgpt, tmp_path):
    result = microgpt(
        "demo",
        "--screenshot",
        "window.png",
        *("--dataset", "elements", "--n-embd", "8", "--n-head", "2", "--steps", "150"),
    )
    assert result.returncode == 0, result.stderr
    assert b"after 150 steps" in result.stdout
    assert (tmp_path / "window.png").read_bytes().startswith(b"\x89PNG")
