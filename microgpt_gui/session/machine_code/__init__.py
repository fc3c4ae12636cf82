"""Where the machine code of the engine "compiled" comes from, and who stands in for it.

`kept` is the folder of what was compiled before, `at_hand` loads it and says which
engine computes, `compiler` is the process that compiles, `supply` joins them for one
run after the other, `words` says what is the matter.
"""
