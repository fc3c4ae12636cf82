"""How fast the engines are, and what the window costs them: measured.

    engines      all engines in turns, by CPU time, and the script's way of training
    script_way   that way: what "times the script" is measured against
    scale        the same over sizes of the model
    memory       what a process needs that trains
    window       lateness, frames and training speed of the real window
    restyle      how long another theme takes, and another size
    takeover     what is noticed when machine code comes to a run that trains
    past         what a long run takes to be kept, and any of its moments
    start        from the command to the first painted window
    machine      on what

Modules named in `child` calls run in a process of their own; of all these modules only
those (children of the window, `phases` of theirs, instruments) import Qt.
"""
