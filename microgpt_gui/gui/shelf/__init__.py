"""The runs that gave way to another."""
