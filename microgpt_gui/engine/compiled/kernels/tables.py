"""The tables that say where everything lies, as compiled code reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numba import types

from microgpt_gui.engine.compiled import places as tables
from microgpt_gui.engine.compiled.kernels.compiler import inlined, reader_of
from microgpt_gui.engine.compiled.places import NUMBER

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.places import LayerTape, LayerWeights, Places

read_places = reader_of(tables.Places, types.int64)
read_sizes = reader_of(tables.Sizes, types.int64)
read_constants = reader_of(tables.Constants, types.float64)
read_weights = reader_of(tables.Weights, types.int64)
read_tape = reader_of(tables.Tape, types.int64)
read_scratch = reader_of(tables.Scratch, types.int64)
_read_layer_weights = reader_of(tables.LayerWeights, types.int64)
_read_layer_tape = reader_of(tables.LayerTape, types.int64)

_WEIGHTS_SIZE = len(tables.LayerWeights._fields) * NUMBER
_TAPE_SIZE = len(tables.LayerTape._fields) * NUMBER


@inlined
def layer_weights(places: Places, layer: int) -> LayerWeights:
    """Return where a layer's matrices are."""
    return _read_layer_weights(places.layers + layer * _WEIGHTS_SIZE)


@inlined
def layer_tape(places: Places, layer: int) -> LayerTape:
    """Return where what a layer finds is."""
    return _read_layer_tape(places.layer_tapes + layer * _TAPE_SIZE)
