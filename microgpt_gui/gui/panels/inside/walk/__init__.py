"""A walk through one step of training, piece by piece.

walk    which piece is looked at, and the answers that it needs
bar     what it is done with, and where it is
words   what is said of each piece
board   the numbers of each piece of learning, in rows and columns
board_view  shows them below what is said
figure  the way forward, or the board in its place, below the bar
"""
