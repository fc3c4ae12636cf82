"""The engine that is compiled: machine code of its own, and the script's numbers.

Rooms. `kernels` is the arithmetic, written in Python that numba compiles.
`machine_code` compiles it, in a process of its own, keeps it in a file and loads it;
`loaded` is where it then is. `engine` and `model` are what a caller sees: they take
`memory`, write tables that say where in it everything lies (`kernels.places`), and call
machine code with the address of those tables. Many steps are one call.

So there is nothing of numba here, and no array of NumPy's: addresses, whole numbers and
doubles cross the border. While machine code runs, other Python threads go on.
"""
