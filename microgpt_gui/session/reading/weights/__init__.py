"""What can be seen of the weights: their learning, their way, their size."""
