"""Machine code of the kernels: compiled in a process of its own, kept, and loaded.

``python -m microgpt_gui.engine.compiled.machine_code FILE`` compiles: numba is imported
there and nowhere else, so that what trains neither waits for it nor holds its memory,
and no setting of numba's changes a number. The file is ours: what it was made of and
for stands in its head, and a sum over all of it, without which bytes that a disk lost
would be run.
"""
