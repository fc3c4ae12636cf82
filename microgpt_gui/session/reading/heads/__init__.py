"""What the heads of a model do: how one score arises, and what each looks at."""
