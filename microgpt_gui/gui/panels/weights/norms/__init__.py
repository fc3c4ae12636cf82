"""The size of each matrix over the run, as curves."""
