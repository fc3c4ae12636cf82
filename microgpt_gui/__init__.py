"""A desktop window in which a GPT is trained live and opened up while it learns.

The map. Layers, top to bottom; imports only ever point down (import-linter checks):

    cli, bench, app   composition: the only places that build objects and join them
    gui               everything that needs Qt
      theme           colours by role, type and spacing scales, icons, fonts
      widgets         small parts that know nothing of a run
      panels          one view of the run each; they do not know each other
      window          around the panels: menus, top bar, docks, preferences
      jobs            work beside the training, each on a thread of its own
      controller      the window's side of a run: owns its thread, remembers its losses
      worker          the training thread's side
      timeline        which moment is shown; jobs.replay computes it anew
      runs            the runs that gave way to another
      documents       which file the run belongs to; autosaver, recovery beside it
    session           one run without Qt: settings, run, snapshots, samples, report
      segment         what holds from which step on; live changes and forks begin one
      recorder        takes a run down: figures of each step, and keyframes
      replay          brings back any moment from keyframes, to the last bit
      record          all of a run in one frozen value
      run_files       one file a run; autosave keeps one safe from crashes
      exports         tables, pictures, film, and the run as a program of its own
    engine | data     the model and its documents; standard library only, but for
                      engine.arrays, which is made of NumPy
      data.documents  texts in one buffer, however many; data.lookup finds one of them
    resources, atomic_file  where bundled files are; writing a file whole or not at all
    isolation         texts of another direction of writing, inside sentences
    letters           single letters as signs that can be seen

What crosses the thread is frozen: a `session.config.RunConfig` or a
`session.record.RunRecord` goes in, values of `session.snapshot` come out; only the
recorder, which only grows, is read from several threads. To add an engine, a dataset or
a panel: one file, and one line in `engine.ENGINES`, `data.DATASETS` or
`gui.panels.PANELS`.
"""

__version__ = "0.1.0"
