"""The engine that is compiled: machine code of its own, and the script's numbers.

Rooms: `kernels` is the arithmetic, written in Python that numba compiles;
`machine_code` compiles it, in a process of its own, keeps it in a file and loads it.
"""
