"""Threads for work beside the window's own."""
