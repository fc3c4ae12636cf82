"""A walk through one step of training, piece by piece.

walk        which piece is looked at, and the answers that it needs
bar         what it is done with, and where it is
words       what is said of each piece
board       the numbers of each piece of learning, in rows and columns
board_view  shows them, in a board_map, below what is said
figure      the way forward, or the board in its place, below the bar
guide       lets figure, walk and code follow each other
exports     a piece to be copied, and the step as a table
"""
