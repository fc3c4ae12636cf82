"""The script's own way of training, for its time: nothing else uses it.

`trainer` is the model and its steps, made of the numbers of `node`; `child` trains when
it is told to, in a process of its own; and `trainee` is that process, timed by turns.
"""

#: What it is called beside the keys of ENGINES.
SCRIPT = "script"
