"""An exported graph without what a runtime need not read: fewer nodes, short names.

PyTorch writes a convolution's lopsided padding as a dozen nodes and names every value after the
module it came from; ONNX's convolution takes lopsided padding itself.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper


def slimmed(path: Path) -> None:
    """Rewrite the file: paddings into their convolutions, dead nodes out, names short."""
    model = onnx.load(str(path))
    _fold_pads(model, path)
    _drop_dead(model.graph)
    _rename(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _constants(path: Path, names: list[str]) -> dict[str, np.ndarray]:
    """What the named inner values are; they must not depend on the input."""
    import onnxruntime as ort

    model: Any = onnx.load(str(path))
    model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    options = ort.SessionOptions()  # type: ignore[attr-defined]
    options.log_severity_level = 3
    session = ort.InferenceSession(  # type: ignore[attr-defined]
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    shape = [one.dim_value for one in model.graph.input[0].type.tensor_type.shape.dim]
    found = session.run(names, {model.graph.input[0].name: np.zeros(shape, np.float32)})
    return {name: np.asarray(value) for name, value in zip(names, found, strict=True)}


def _fold_pads(model: Any, path: Path) -> None:
    graph = model.graph
    pads = [node for node in graph.node if node.op_type == "Pad"]
    if not pads:
        return
    amounts = _constants(path, [node.input[1] for node in pads])
    for pad in pads:
        users = [node for node in graph.node if pad.output[0] in node.input]
        amount = [int(value) for value in amounts[pad.input[1]]]
        outer = amount[:2] + amount[4:6]
        if any(user.op_type != "Conv" for user in users) or any(outer):
            continue
        for conv in users:
            own = next(one for one in conv.attribute if one.name == "pads")
            top, left, bottom, right = own.ints
            del own.ints[:]
            own.ints.extend(
                [top + amount[2], left + amount[3], bottom + amount[6], right + amount[7]]
            )
            conv.input[0] = pad.input[0]


def _drop_dead(graph: Any) -> None:
    """Nodes and weights that nothing leading to an output needs."""
    needed = {one.name for one in graph.output}
    alive = []
    for node in reversed(graph.node):
        if needed & set(node.output):
            alive.append(node)
            needed |= set(node.input)
    del graph.node[:]
    graph.node.extend(reversed(alive))
    weights = [one for one in graph.initializer if one.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(weights)
    del graph.value_info[:]


def _rename(graph: Any) -> None:
    """Inner values as v0, v1, …; nodes without names of their own."""
    kept = {one.name for one in graph.output} | {one.name for one in graph.input} | {""}
    short: dict[str, str] = {}

    def of(name: str) -> str:
        return name if name in kept else short.setdefault(name, f"v{len(short)}")

    for node in graph.node:
        node.name, node.doc_string = "", ""
        node.input[:] = [of(name) for name in node.input]
        node.output[:] = [of(name) for name in node.output]
    for weight in graph.initializer:
        weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight), of(weight.name)))
