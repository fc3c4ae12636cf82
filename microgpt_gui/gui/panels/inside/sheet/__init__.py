"""A stage opened: its matrix, what enters, what comes out, and how one number arose."""
