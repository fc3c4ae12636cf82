"""Models. To add one: write one file here, add one line to ENGINES."""
