"""Networks of others as teachers, run from their ONNX files, with a look at what lies between their layers.

Nothing of them enters our weights: students start from random numbers and have shapes of their own.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path

import onnx
import onnxruntime
import torch
from torch import nn

# Outputs of MobileFaceNet's stages: where the side of its maps is about to be halved, and the last map.
MOBILEFACENET_STAGES = tuple(f"/features/features.{block}/Add_output_0" for block in (4, 11, 14))


def stages_session(file: Path, stages: tuple[str, ...], threads: int) -> onnxruntime.InferenceSession:
    """A session whose outputs are the tensors named by `stages` and then the network's own."""
    model = onnx.load(str(file))
    own = list(model.graph.output)
    del model.graph.output[:]
    model.graph.output.extend([onnx.helper.make_empty_tensor_value_info(name) for name in stages] + own)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


class _Called(nn.Module):
    """A function as the exporter wants it."""

    def __init__(self, function: Callable[[torch.Tensor], object]):
        super().__init__()
        self.function = function

    def forward(self, pictures: torch.Tensor):
        return self.function(pictures)


def exported_session(
    function: Callable[[torch.Tensor], object], example: torch.Tensor, threads: int = 1
) -> onnxruntime.InferenceSession:
    """A teacher written in PyTorch, run by ONNX Runtime, which is two to four times as fast; its input is `input`."""
    exported = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # traced for one size of pictures, which is meant
        torch.onnx.export(
            _Called(function), (example,), exported, dynamo=False, opset_version=17, input_names=["input"],
            dynamic_axes={"input": {0: "n"}},
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(exported.getvalue(), options, providers=["CPUExecutionProvider"])
