"""What can be seen of a moment: pure functions of it, as exact as its engine."""
