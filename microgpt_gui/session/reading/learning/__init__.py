"""One step of training, in pieces: forward, loss, gradients, Adam.

learning         all that a step did, as a value
stage_gradients  how much the loss grows with the numbers of each stage
matrix_gradients the gradient of each matrix in few numbers
adam_moves       what Adam did to the weights that it moved farthest
slopes           the slope on both sides of a weight, beside its gradient
walk             the pieces in the order in which they are done, to go through
questions        all of it as questions to a moment
"""
