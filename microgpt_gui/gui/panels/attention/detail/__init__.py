"""Beside the head that is enlarged: a row of it, how a score arises, what it does."""
