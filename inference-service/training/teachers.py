"""Networks of others as teachers, run from their ONNX files, with a look at what lies between their layers.

Nothing of them enters our weights: students start from random numbers and have shapes of their own.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import onnxruntime

# Outputs of MobileFaceNet's stages: where the side of its maps is about to be halved, and the last map.
MOBILEFACENET_STAGES = tuple(f"/features/features.{block}/Add_output_0" for block in (4, 11, 14))


def stages_session(file: Path, stages: tuple[str, ...], threads: int) -> onnxruntime.InferenceSession:
    """A session whose outputs are the tensors named by `stages` and then the network's own."""
    model = onnx.load(str(file))
    own = model.graph.output[0]
    del model.graph.output[:]
    model.graph.output.extend([onnx.helper.make_empty_tensor_value_info(name) for name in stages] + [own])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
