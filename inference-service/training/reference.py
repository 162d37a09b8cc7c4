"""What the networks of the pulled pack answer in PyTorch, for the tests of the launcher's converters.

Reads upstream's files itself, independently of the Java code, and runs them on three pictures of nobody: noise, a ramp
and a composite face. Writes the numbers, and the face as a PNG that every language reads alike:

    python reference.py --models ../../../shared/models --out ../../deploy/local/src/test/resources/io/menso/local/models
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

import faceapi
import faces
import minifasnet

COMPOSITE = Path(__file__).parent / "../../deploy/local/src/main/resources/demo/person3_1.jpg"
SHARDS = (faceapi.AGE_GENDER, faceapi.EXPRESSION, faceapi.LANDMARKS)
LIVENESS = {"V2": "2.7_80x80_MiniFASNetV2.pth", "V1SE": "4_0_0_80x80_MiniFASNetV1SE.pth"}


def square(picture: np.ndarray, face: faces.Face, scale: float, side: int) -> np.ndarray:
    """The square around the box's centre, `scale` times its longer side; edge pixels repeat outside the picture."""
    x, y, w, h = face.box
    step = max(w, h) * scale / side
    shift = (np.array([x + w / 2, y + h / 2]) - step * side / 2)[:, None] + step / 2 - 0.5
    matrix = np.concatenate([np.eye(2) * step, shift], 1)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(picture, matrix, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)


def composite(models: Path) -> np.ndarray:
    """A face of nobody, 112 x 112, BGR."""
    picture = cv2.imread(str(COMPOSITE))
    return square(picture, faces.Detector(models)(picture)[0], 1.1, faceapi.SIDE)


def pictures(face: np.ndarray, side: int) -> torch.Tensor:
    """3 x 3 x side x side. Noise and ramp are a few integer operations; the face is cut at the top left, RGB."""
    i = np.arange(3 * side * side, dtype=np.int64)
    noise = (i * 7919 + i // side * 104729) % 256
    ramp = i % side * 255 // side
    planes = face[:side, :side, ::-1].transpose(2, 0, 1).ravel()
    return torch.from_numpy(np.stack([noise, ramp, planes]).astype(np.float32)).view(3, 3, side, side)


def answers(models: Path, face: np.ndarray) -> dict[str, dict[str, torch.Tensor]]:
    """Outputs by network and name."""
    small, large = pictures(face, 80), pictures(face, faceapi.SIDE)
    found = {}
    for variant, file in LIVENESS.items():
        weights = minifasnet.read(models / faces.LIVENESS / file)
        found[f"minifasnet-{variant}"] = {"logits": minifasnet.logits(small, weights)}
    shards = {name: faceapi.load(models / faceapi.FOLDER, name) for name in SHARDS}
    age, gender, _ = faceapi.AgeGender(shards[faceapi.AGE_GENDER])(large)
    found[faceapi.AGE_GENDER] = {"age": age, "gender": gender}
    found[faceapi.EXPRESSION] = {"emotion": faceapi.Expression(shards[faceapi.EXPRESSION])(large)[0]}
    found[faceapi.LANDMARKS] = {"landmarks": faceapi.Landmarks(shards[faceapi.LANDMARKS])(large)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True, help="folder with <owner>__<repository>/<file>")
    parser.add_argument("--out", type=Path, required=True, help="folder for reference.json and face.png")
    options = parser.parse_args()
    face = composite(options.models)
    cv2.imwrite(str(options.out / "face.png"), face, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    with torch.no_grad():
        found = answers(options.models, face)
    numbers = {
        network: {name: [round(value, 6) for value in x.flatten().tolist()] for name, x in outputs.items()}
        for network, outputs in found.items()
    }
    lines = ",\n".join(f'"{network}": {json.dumps(outputs)}' for network, outputs in numbers.items())
    (options.out / "reference.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
