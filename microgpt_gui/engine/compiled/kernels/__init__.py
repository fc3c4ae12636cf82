"""The arithmetic of a step, in Python that numba compiles.

Imported by the process that compiles, and by nothing else: what trains loads machine
code, and needs neither numba nor these.
"""
