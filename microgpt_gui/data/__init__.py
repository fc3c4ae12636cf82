"""Texts to learn from. To add one: one file in resources/, one line in DATASETS."""
