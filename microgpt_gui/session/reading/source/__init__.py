"""The lines of the engine to read, and which of them compute what is shown.

    excerpts     the functions of the `autograd` engine, as they are in their files
    statements   what the statements of a function assign, and which names are in them
    links        from the stages of a step to lines, and back: found by name

Nothing here counts lines: a link is a name in the source, and a link that finds nothing
is an error.
"""
