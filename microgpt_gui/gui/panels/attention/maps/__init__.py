"""The heads as maps: a square of cells each."""
