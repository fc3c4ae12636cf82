"""Runs as files: opened, saved, kept safe."""
