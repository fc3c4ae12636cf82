"""The engine that is compiled: machine code of its own, and the script's numbers.

Rooms: `kernels` is the arithmetic, written in Python that numba compiles;
`machine_code` compiles it, in a process of its own, keeps it in a file and loads it;
`loaded` is where it then is. The engine takes `memory` and says where in it everything
lies (`places`), and machine code fills it.
"""
