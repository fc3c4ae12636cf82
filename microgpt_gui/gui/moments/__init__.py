"""Which moment of a run is shown, and what is read from it."""
