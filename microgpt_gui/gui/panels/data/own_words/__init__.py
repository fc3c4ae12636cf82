"""Words of the person's own, ranked by how much they surprise the model."""
