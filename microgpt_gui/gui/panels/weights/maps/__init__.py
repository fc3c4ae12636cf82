"""The matrices as maps of cells: where they stand, how they are drawn."""
