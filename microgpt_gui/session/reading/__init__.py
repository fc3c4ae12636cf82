"""What can be seen of a moment: pure functions of it, as exact as its run's engine.

    read_text     the attention of every head over a text
    next_token    what comes next: logits, probabilities, entropy
    trace_text    every number of a forward pass, stage by stage
    heads         what every head does, on documents; how one score of it arises
    token_way     one token's numbers at each stage, and how each came about: inside
    graph         every number of a step's loss, how it was made, and its gradient
    source        the lines of the engine that compute what is shown
    learning      one step of training in pieces: losses, gradients, Adam
    effects       what an alteration of a scratch copy does to losses, odds and samples
    samples       documents that it makes up
    matrices      its weights by the script's names; statistics says them in few numbers
    shown_text    what of a text it is shown, as tokens and letters

Each is in a file of its own, takes a `Moment` first, and needs neither Qt nor, but for
runs of the `numpy` engine and where much is summed up (what heads do), NumPy. A
`Reader` that is handed to several calls keeps the model of the moment in between. The
README's "From a notebook" has an example.

`questions` has the same as values, for who answers them on another thread; any of them
can be put to a scratch copy (`altered_question`).
"""
