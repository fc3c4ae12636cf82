"""What the heads do: asked seldom, and said over each."""
