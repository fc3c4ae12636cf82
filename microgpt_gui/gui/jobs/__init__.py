"""Work beside the training, each on a thread of its own: reading, fetching, racing."""
