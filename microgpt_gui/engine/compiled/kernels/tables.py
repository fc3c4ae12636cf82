"""The tables that say where everything lies, as compiled code reads them."""

from __future__ import annotations

from typing import NamedTuple

from numba import types

from microgpt_gui.engine.compiled.kernels.compiler import inlined, reader_of
from microgpt_gui.engine.compiled.kernels.places import (
    NUMBER,
    Constants,
    LayerTape,
    LayerWeights,
    Places,
    Scratch,
    Sizes,
    Tape,
    Weights,
)

_read_places = reader_of(Places, types.int64)
_read_sizes = reader_of(Sizes, types.int64)
_read_constants = reader_of(Constants, types.float64)
_read_weights = reader_of(Weights, types.int64)
_read_layer_weights = reader_of(LayerWeights, types.int64)
_read_tape = reader_of(Tape, types.int64)
_read_layer_tape = reader_of(LayerTape, types.int64)
_read_scratch = reader_of(Scratch, types.int64)

_WEIGHTS_SIZE = len(LayerWeights._fields) * NUMBER
_TAPE_SIZE = len(LayerTape._fields) * NUMBER


class Model(NamedTuple):
    """A model in memory, and room to read a text in."""

    places: Places
    sizes: Sizes
    constants: Constants
    weights: Weights
    tape: Tape
    scratch: Scratch


@inlined
def model_at(places_at: int) -> Model:
    """Return the model whose `Places` lie at an address."""
    places = _read_places(places_at)
    return Model(
        places,
        _read_sizes(places.sizes),
        _read_constants(places.constants),
        _read_weights(places.weights),
        _read_tape(places.tape),
        _read_scratch(places.scratch),
    )


@inlined
def layer_weights(model: Model, layer: int) -> LayerWeights:
    """Return where a layer's matrices are."""
    return _read_layer_weights(model.places.layers + layer * _WEIGHTS_SIZE)


@inlined
def layer_tape(model: Model, layer: int) -> LayerTape:
    """Return where what a layer finds is."""
    return _read_layer_tape(model.places.layer_tapes + layer * _TAPE_SIZE)
