"""The text in numbers: lengths, letters by position, pairs of letters."""
