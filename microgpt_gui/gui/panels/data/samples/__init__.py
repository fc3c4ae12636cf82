"""Many samples, counted: how many are new, known, valid."""
