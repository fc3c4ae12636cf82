"""The graph of one step's loss: every number that it was computed from, and how.

question     all of it as a question to a moment
build        has the engine make the graph, and holds it in arrays
anatomy      takes the loss of the `autograd` engine apart, stage by stage
groups       numbers in groups within groups: positions, stages, rows
step_graph   that graph: what each number was made of, what was made of it
operation    by what a number was made of others
open_graph   what is seen of it; open_groups has its boxes and their edges
layout       where the boxes stand
walk         steps back along the chain rule, and what they multiply to
names        what groups and numbers are called
"""
