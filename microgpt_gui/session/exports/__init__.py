"""What a run leaves for other programs and for people: figures, pictures, programs."""
