"""A desktop window in which a GPT is trained live and opened up while it learns.

The map. Layers, top to bottom; imports only ever point down (import-linter checks):

    cli, bench, app   composition: the only places that build objects and join them
    gui               everything that needs Qt
      theme           colours by role, type and spacing scales, icons, fonts
      widgets         small parts that know nothing of a run
      panels          one view of the run each; they do not know each other
      window          around the panels: menus, top bar, docks, preferences
      jobs            work beside the training, each on a thread of its own
      controller      the window's side of a run: owns the thread, remembers the history
      worker          the training thread's side
    session           one run without Qt: settings, run, snapshots, samples, report
    engine | data     the model and its documents; standard library only, but for
                      engine.arrays, which is made of NumPy
    resources, atomic_file  where bundled files are; writing a file whole or not at all

What crosses the thread is frozen: a `session.config.RunConfig` goes in, values of
`session.snapshot` come out. To add an engine, a dataset or a panel: one file, and one
line in `engine.ENGINES`, `data.DATASETS` or `gui.panels.PANELS`.
"""

__version__ = "0.1.0"
