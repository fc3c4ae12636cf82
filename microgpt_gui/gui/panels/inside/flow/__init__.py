"""The way as a whole: every stage a strip of colours, from the left to the right."""
