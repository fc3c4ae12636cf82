"""What a panel is."""
