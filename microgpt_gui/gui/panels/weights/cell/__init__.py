"""What can be done with one weight: nudge it in a scratch copy, check its gradient."""
