"""Engines in an interpreter of their own, and so with an interpreter lock of their own.

An engine in pure Python that trains on a thread competes with the window for the one
lock that Python code needs. From CPython 3.14 on a program can have more interpreters,
each with its lock: the thread stays what it is, and gives up the window's lock for as
long as a call takes in there.

What runs `inside` is the ordinary engine: the numbers are the same ones. Little crosses
over, and that as bytes; see `crossing`.
"""
