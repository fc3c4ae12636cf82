"""The heads as lines: from each token that looks to those that it looks at."""
