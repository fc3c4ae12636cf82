"""A desktop window in which a GPT is trained live and opened up while it learns.

The map. Layers, top to bottom; imports only ever point down (import-linter checks):

    cli, bench, app   composition: the only places that build objects and join them
    gui               everything that needs Qt
      demo            the window plays by itself
      window          around the panels: menus, top bar, docks, preferences
      panels          one view of the run each; they do not know each other
      panel           what a panel is, and what panels share
      files           runs as files: the document, autosave, recovery, lessons
      jobs            work that somebody asked for, each on a thread of its own
      workshop        what a window works on: builds and joins the three below
      moments         which moment is shown; one thread reads it for who is seen
      shelf           the runs that gave way to another
      run             one run that trains: the controller here, the worker beyond
      threads         bare threads, and what is done on them one piece at a time
      widgets         small parts that know nothing of a run
      theme           colours by role, type and spacing scales, icons, fonts
    session           one run without Qt: settings, run, snapshots, report
      moments         a model at one step as a value, the same live, replayed or saved;
                      replay brings back any of them from keyframes, to the last bit
      reading         what can be seen of a moment: pure functions of it, and questions;
                      in rooms: inside (one token's way), heads (what they do), weights
                      (quantities, over the run), learning (one step in pieces), graph
                      (all its numbers), source (the engine's lines that compute it)
      segment, recipe what holds from which step on, and what a run has learnt with
      split, unseen   which documents are trained on, and which a moment never saw;
                      learning says by which steps
      text_ahead      what the next steps learn from, spelt for a thousand at a time
      recorder        takes a run down: figures of each step, and keyframes
      record          all of a run in one frozen value
      run_files       one file a run; autosave keeps one safe from crashes, lesson many
      corpus          the documents of a run: in both orders, searched, counted
      exports         tables, pictures, film, and the run as a program of its own
      datasets        what can be learnt from; text_facts says what was read
      verify          the engines against recorded runs; functions knows the C library
    engine | data     the model and its documents; standard library only, but for
                      engine.arrays, which is made of NumPy, and engine.compiled,
                      machine code that numba makes, in a process of its own
      engine.steps    many steps in one call: what goes in, and what comes out
      engine.isolated engines in an interpreter of their own, with its own lock
      data.reading    how the bytes of a text become documents; parting makes them
      data.documents  texts in one buffer, however many; data.lookup finds one of them
    letters           single letters as signs that can be seen
    isolation         texts of another direction of writing, inside sentences
    resources         where bundled files are
    atomic_file       writing a file whole or not at all
    unfinished        what a killed program left half-written, for the next start

How a view is added, in the frame that all views have:

 1. Its question, in `session.reading.questions`: can a moment answer it? If not, add a
    pure function there first, whose answer says its step, and test it without Qt.
 2. A folder ``gui/panels/NAME``: words, picture, panel; its tests in ``tests/gui``.
 3. ``words.py``: one `FrameWords` (the answers of "?", loading, failed; of colours,
    what they mean and how far they reach), and functions for what is read in it.
 4. The picture: an `EnlargingView` (of cells, a `MapView`) that draws in
    ``paintEvent``, in few calls, says what is pointed at (`_point_at`), lets one of its
    parts fill it (`enlarge`), and says where parts and cells are and what to call them
    (`part_box`, `part_name`, `cell_box`, `cell_name`): screen readers are told. Its
    ``keyPressEvent`` moves among the parts, and asks `press_in_cells` first.
 5. ``panel.py``: a `FigurePanel` builds them, calls `put_in_frame`, and implements
    `question`, `draw`, `subject_of`, `reading_of`, and `ticks_of` or its own `Legend`.
    It shows the scratch copy of a what-if (`gui.moments.what_if`), and says so, unless
    it `is_unaltered`.
 6. Does it read a text? Then a `TextPanel`, `put_figure` and `draw_text`: the box, its
    problems, and the hold while it trains are there. "?", header, note, empty text,
    reading line, pace and way back are there in any case.
 7. `copy_offers` and `export_offers`: an `AnswerExports` of the same answer, with an
    SVG and a CSV of `session.exports`; pixels are painted from the SVG. Tests list all
    files of an export.
 8. To compare runs: hold two views in a `TwoRuns`, and give that as ``figure``.
 9. One line in `gui.panels.PANELS` and one word in each layout of `gui.window.layouts`,
    in one of the two groups of tabs, each with at most six: model, experiments. The
    tests of panels, frames and layouts then cover it.
10. Look at it: 1280 x 800, 1920 x 1080, 200 %, light and dark, the smallest model.

What crosses the thread is frozen: a `session.config.RunConfig` or a
`session.record.RunRecord` goes in, values of `session.snapshot` come out, with them the
newest moment; only the recorder, which only grows, is read from several threads. Views
wish for what they show, of the run, its past or the run beside it alike
(`gui.moments.wish`); the trainer does not answer them. To add an engine, a dataset or
a panel: one file, and one line in `engine.ENGINES`, `data.DATASETS` or
`gui.panels.PANELS`.
"""

__version__ = "0.1.0"
