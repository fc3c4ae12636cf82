#!/bin/sh
# One would expect: the largest of some numbers with a NaN among them is NaN, as for NumPy,
# PyTorch and ONNX's own reference; or, where NaN is taken for missing, the largest of the
# others. ONNX does not say which, but no third answer seems possible.
#
# What happens: ONNX Runtime's ReduceMax, on the processor, gives NaN if the first number
# is NaN, and else a number; and that number need not be the largest, for a NaN can take
# others with it. Eigen's maxCoeff, which is asked in the way that leaves NaN undefined,
# compares several numbers at a time and then their winners: a winner that meets a NaN is
# lost. Here 0 is "the largest" of six zeros, a NaN and a 100. ReduceMin has the same, and
# Max, of two tensors, does give NaN. A model that diverges, and is watched by the maximum
# of its logits or gradients, looks calm.
#
# Source: https://onnx.ai/onnx/operators/onnx__ReduceMax.html (no word on NaN),
# https://github.com/microsoft/onnxruntime/issues/10514 (NaN or not depends on how many
# there are), ReduceAggregatorMax in
# https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/providers/cpu/reduction/reduction_ops.h
# and https://libeigen.gitlab.io/eigen/docs-nightly/classEigen_1_1DenseBase.html (maxCoeff:
# "PropagateFast: undefined"); that the number can be too small is measured here.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import math
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [8])
y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [])
node = helper.make_node("ReduceMax", ["x"], ["y"], keepdims=0)
graph = helper.make_graph([node], "largest", [x], [y])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
onnx.checker.check_model(model, full_check=True)
session = onnxruntime.InferenceSession(
    model.SerializeToString(), providers=["CPUExecutionProvider"]
)
reference = ReferenceEvaluator(model)

print(f"onnxruntime {onnxruntime.__version__}, onnx {onnx.__version__}: ReduceMax of 8 numbers")
too_small = 0
for place in range(8):
    numbers = np.zeros(8, np.float32)
    numbers[7] = 100
    numbers[place] = np.nan
    seen = float(session.run(None, {"x": numbers})[0])
    expected = float(reference.run(None, {"x": numbers})[0])
    others = float(np.nanmax(numbers))
    if not math.isnan(expected):
        sys.exit("the reference does not give NaN any more")
    is_too_small = not math.isnan(seen) and seen < others
    too_small += is_too_small
    print(
        f"  {numbers.tolist()}: expected {expected} or {others}, seen {seen}",
        "<- neither" if is_too_small else "",
    )
sys.exit(not too_small)
PYTHON
