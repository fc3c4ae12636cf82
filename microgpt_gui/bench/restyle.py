"""How long the window takes to show itself in another theme, or another size."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.bench.child import PATIENCE_S, run_module
from microgpt_gui.bench.spread import Spread
from microgpt_gui.bench.views import SIZE

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig


@dataclass(frozen=True, slots=True)
class RestyleFigures:
    """With one engine; milliseconds from the choice until all of it is painted.

    Attributes:
        engine: A key of ENGINES.
        theme_rest_ms: Another theme while the run rests.
        theme_training_ms: The same while it trains flat out.
        zoom_rest_ms: A step of the zoom while the run rests.
        zoom_training_ms: The same while it trains flat out.
    """

    engine: str
    theme_rest_ms: Spread
    theme_training_ms: Spread
    zoom_rest_ms: Spread
    zoom_training_ms: Spread


def measure_restyle(config: RunConfig, engine: str, rounds: int = 5) -> RestyleFigures:
    """Change theme and size there and back, at rest and training by turns.

    Raises:
        ChildFailed: The measuring process failed.
    """
    config = replace(config, engine=engine)
    given = {"config": asdict(config), "rounds": rounds, "size": SIZE}
    found = run_module("restyle_child", given, None, PATIENCE_S + 10 * rounds)
    return RestyleFigures(engine, **{n: Spread.of(each) for n, each in found.items()})
