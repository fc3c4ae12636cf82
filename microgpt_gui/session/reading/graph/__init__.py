"""The graph of one step's loss: every number that it was computed from, and how.

anatomy   takes the loss of the `autograd` engine apart, stage by stage
groups    numbers in groups within groups: positions, stages, rows
build     has the engine make the graph, and holds it in arrays
step_graph  that graph: what each number was made of, what was made of it
open_groups  the boxes that are seen where some groups are open, and their edges
names     what groups and numbers are called
question  all of it as a question to a moment
"""
