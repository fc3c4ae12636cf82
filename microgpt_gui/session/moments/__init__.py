"""A model at one step of a run, as a value: from wherever it comes, it is the same."""
