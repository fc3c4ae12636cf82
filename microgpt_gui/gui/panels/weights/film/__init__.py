"""A run in a few moments side by side, and what has changed between them."""
