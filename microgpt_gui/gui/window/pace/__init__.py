"""How fast the run trains, as a person chooses it: keys, a box, a dialog."""
