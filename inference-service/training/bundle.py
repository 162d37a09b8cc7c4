"""Writes a trained network as a built-in bundle of the service: ONNX for processors, TorchScript for graphics cards.

    written = bundle.write(network, bundle.Description("face_detector", task="detector", ...))

Batch normalisation is folded into the convolutions before it; the two files then answer as the network in PyTorch does,
which is measured, never assumed. The format is described in deploy/docs/contracts.md, "Model bundles".
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import shutil
import tempfile
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

RESOURCES = Path(__file__).resolve().parent.parent / "src/main/resources/models"
OPSET = 17
NEWEST_IR = 10  # that ONNX Runtime 1.21 reads
TOLERANCE = 1e-3  # largest difference between the files and the network, in units of max(1, largest answer)
COUNT = re.compile(r"_[0-9]+[KM]$")


@dataclass(frozen=True)
class Description:
    """What `model.yaml` says of a network besides its weights; `stem` is the name without the number of parameters.

    `mean` and `std` are on the scale of bytes. `outputs` name the answers in their order. `fixed` is false where the
    network takes pictures of any sides that are multiples of 32; `width` and `height` are the usual ones then.
    """

    stem: str
    task: str
    architecture: str
    description: str
    licence: str
    source: str
    width: int
    height: int
    colour: str
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    outputs: tuple[str, ...]
    fixed: bool = True
    thresholds: dict[str, float] = field(default_factory=dict)
    calibration: tuple[dict[str, float], ...] = ()  # rows of cosine, score and fmr, of an embedding
    crop_scale: float | None = None  # side of the crop in face boxes


@dataclass(frozen=True)
class Written:
    """A bundle on disk, and how far its files are from the network in PyTorch at most."""

    folder: Path
    name: str
    revision: str
    bytes: int
    onnx_difference: float
    torchscript_difference: float


def name(stem: str, parameters: int) -> str:
    """The stem with the rounded number of parameters: 75,856 is 76K, 1,160,000 is 1M."""
    thousands = (parameters + 500) // 1000
    return f"{stem}_{thousands}K" if thousands < 1000 else f"{stem}_{(parameters + 500_000) // 1_000_000}M"


def folded(network: nn.Module) -> nn.Module:
    """A copy for inference whose convolutions have taken in the batch normalisation that follows them in a sequence."""
    network = copy.deepcopy(network).cpu().float().eval().to(memory_format=torch.contiguous_format)
    for module in list(network.modules()):
        if not isinstance(module, nn.Sequential):
            continue
        for i in range(len(module) - 1):
            if isinstance(module[i], nn.Conv2d) and isinstance(module[i + 1], nn.BatchNorm2d):
                module[i] = fuse_conv_bn_eval(module[i], module[i + 1])
                module[i + 1] = nn.Identity()
    return network.requires_grad_(False)


def to_onnx(network: nn.Module, description: Description, file: Path) -> None:
    """Any batch, and any sides unless they are fixed."""
    axes = {"input": {0: "n"} if description.fixed else {0: "n", 2: "height", 3: "width"}}
    axes |= {output: {0: "n"} if description.fixed else {0: "n", 1: output} for output in description.outputs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter is meant: it needs no further package
        torch.onnx.export(
            network,
            (_example(description, 2),),
            str(file),
            dynamo=False,
            opset_version=OPSET,
            input_names=["input"],
            output_names=list(description.outputs),
            dynamic_axes=axes,
        )
    model = onnx.load(str(file))
    onnx.checker.check_model(model)
    if model.ir_version > NEWEST_IR:
        raise ValueError(f"ONNX Runtime of the service does not read IR version {model.ir_version}")


def to_torchscript(network: nn.Module, description: Description, file: Path) -> None:
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # TorchScript is what libtorch reads
        traced = torch.jit.trace(network, _example(description, 2))
        torch.jit.save(torch.jit.freeze(traced.eval()), str(file))
    _without_paths(file)


def _without_paths(file: Path) -> None:
    """Drops what TorchScript keeps for error messages: paths of this machine."""
    with zipfile.ZipFile(file) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if not part.endswith(".debug_pkl")}
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), content)


def _example(description: Description, count: int, height: int | None = None, width: int | None = None):
    """Noise of many grains as the network reads it, the same at every call."""
    random = np.random.default_rng(7)
    shape = (count, 3, height or description.height, width or description.width)
    coarse = torch.from_numpy(random.uniform(0, 255, (count, 3, 8, 8)).astype(np.float32))
    planes = nn.functional.interpolate(coarse, shape[2:], mode="bilinear")
    planes = (planes + torch.from_numpy(random.normal(0, 20, shape).astype(np.float32))).clamp(0, 255).round()
    mean, std = (torch.tensor(numbers).view(1, 3, 1, 1) for numbers in (description.mean, description.std))
    return (planes - mean) / std


def differences(network: nn.Module, description: Description, onnx_file: Path, script: Path) -> tuple[float, float]:
    """Largest absolute difference of the ONNX and of the TorchScript file to the network, over batches and sides."""
    session = onnxruntime.InferenceSession(str(onnx_file), providers=["CPUExecutionProvider"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = torch.jit.load(str(script), map_location="cpu").eval()
    network = copy.deepcopy(network).cpu().float().eval()
    largest = [0.0, 0.0]
    other = (description.height, description.width) if description.fixed else (96, 224)
    for planes in (_example(description, 1), _example(description, 3, *other)):
        with torch.no_grad():
            expected = _rows(network(planes))
            scripted = _rows(loaded(planes))
        exported = session.run(None, {"input": planes.numpy()})
        for kind, answers in enumerate((exported, scripted)):
            for want, have in zip(expected, answers, strict=True):
                difference = float(np.abs(want - have).max())
                largest[kind] = max(largest[kind], difference)
                if not difference <= TOLERANCE * max(1.0, float(np.abs(want).max())):
                    raise ValueError(f"{(onnx_file, script)[kind].name} differs by {difference}")
    return largest[0], largest[1]


def _rows(answer) -> list[np.ndarray]:
    return [part.numpy() for part in (answer if isinstance(answer, (tuple, list)) else (answer,))]


def _flow(value) -> str:
    """YAML on one line: texts in double quotes, numbers without an exponent, which YAML would take for a text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return json.dumps(value, ensure_ascii=False)


def model_yaml(description: Description, parameters: int, weights: list[dict]) -> str:
    lines = [
        f"name: {name(description.stem, parameters)}",
        f"task: {description.task}",
        f"description: {_flow(description.description)}",
        f"licence: {_flow(description.licence)}",
        f"source: {_flow(description.source)}",
        f"parameters: {parameters}",
        f"architecture: {description.architecture}",
    ]
    sides = {"width": description.width, "height": description.height}
    planes = {"mean": description.mean, "std": description.std}
    lines.append(f"input: {_flow({**sides, 'colour': description.colour, **planes})}")
    lines += ["weights:", *(f"  - {_flow(file)}" for file in weights)]
    if description.thresholds:
        lines.append(f"thresholds: {_flow(description.thresholds)}")
    if description.calibration:
        lines += ["calibration:", *(f"  - {_flow(row)}" for row in description.calibration)]
    return "\n".join(lines) + "\n"


def write(network: nn.Module, description: Description, models: Path = RESOURCES) -> Written:
    """Exports, proves the files equal to the network, and puts the bundle in the place of its former revision."""
    parameters = sum(p.numel() for p in network.parameters())
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models) as place:
        folder = Path(place) / "bundle"
        folder.mkdir()
        files = [folder / f"{description.stem}.onnx", folder / f"{description.stem}.pt"]
        plain = folded(network)
        to_onnx(plain, description, files[0])
        to_torchscript(plain, description, files[1])
        onnx_difference, script_difference = differences(network, description, *files)
        digests = [hashlib.sha256(file.read_bytes()).digest() for file in files]
        extra = {"crop_scale": description.crop_scale} if description.crop_scale else {}
        weights = [
            {"file": file.name, "format": kind, "sha256": digest.hex(), **extra}
            for file, kind, digest in zip(files, ("onnx", "torchscript"), digests)
        ]
        yaml = model_yaml(description, parameters, weights).encode()
        (folder / "model.yaml").write_bytes(yaml)
        revision = hashlib.sha256(yaml + b"".join(digests)).hexdigest()[:7]
        target = _replace(folder, models, name(description.stem, parameters), revision)
    size = sum(file.stat().st_size for file in target.iterdir())
    return Written(target, target.parent.name, revision, size, onnx_difference, script_difference)


def _replace(folder: Path, models: Path, full_name: str, revision: str) -> Path:
    """Only one revision of a built-in is shipped; the index names what lies there."""
    for former in models.iterdir():
        if former.is_dir() and COUNT.sub("", former.name) == COUNT.sub("", full_name):
            shutil.rmtree(former)
    target = models / full_name / revision
    target.parent.mkdir()
    folder.rename(target)
    index = sorted(str(file.parent.relative_to(models)) for file in models.glob("*/*/model.yaml"))
    (models / "index").write_text("".join(line + "\n" for line in index))
    return target
