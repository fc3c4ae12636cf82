"""One run that trains: the window's side of it, and the trainer's."""
