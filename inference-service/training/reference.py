"""What the networks of the pulled pack answer in PyTorch, for the tests in Java.

Reads upstream's files itself, independently of the Java code. The launcher's converters are tested on three pictures of
nobody: noise, a ramp and a composite face, which is written as a PNG that every language reads alike. The service's
whole chain, from the JPEG to years and degrees, is tested on the demo's composites.

    python reference.py --models ../../../shared/models
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

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "deploy/local/src/main/resources/demo"
LAUNCHER = ROOT / "deploy/local/src/test/resources/io/menso/local/models"
SERVICE = ROOT / "inference-service/src/test/resources"
FSANET = "omasaht__headpose-fsanet-pytorch"
SHARDS = (faceapi.AGE_GENDER, faceapi.EXPRESSION, faceapi.LANDMARKS)
LIVENESS = {"V2": "2.7_80x80_MiniFASNetV2.pth", "V1SE": "4_0_0_80x80_MiniFASNetV1SE.pth"}


def corner(face: faces.Face, scale: float) -> tuple[float, float, float]:
    """Left and top edge of the square, and its side."""
    x, y, w, h = face.box
    side = max(w, h) * scale
    return x + w / 2 - side / 2, y + h / 2 - side / 2, side


def square(picture: np.ndarray, face: faces.Face, scale: float, side: int) -> np.ndarray:
    """The square around the box's centre, `scale` times its longer side; edge pixels repeat outside the picture."""
    left, top, length = corner(face, scale)
    samples = max(1, int(np.ceil(length / side)))  # a side, of each pixel
    step = length / side / samples
    matrix = np.array([[step, 0, left + step / 2 - 0.5], [0, step, top + step / 2 - 0.5]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    sides = (side * samples, side * samples)
    fine = cv2.warpAffine(picture, matrix, sides, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return cv2.resize(fine, (side, side), interpolation=cv2.INTER_AREA)


def composite(models: Path) -> np.ndarray:
    """A face of nobody, 112 x 112, BGR."""
    picture = cv2.imread(str(DEMO / "person3_1.jpg"))
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


def planes(picture: np.ndarray) -> torch.Tensor:
    """A BGR picture as the RGB planes of a batch of one."""
    return torch.from_numpy(picture[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32))


def estimates(models: Path, picture: np.ndarray) -> dict[str, list[float]]:
    """What the service should say of the largest face: years, share of male, emotions, degrees, points in pixels."""
    face = faces.Detector(models)(picture)[0]
    shards = {name: faceapi.load(models / faceapi.FOLDER, name) for name in SHARDS}
    narrow, wide = (planes(square(picture, face, scale, faceapi.SIDE)) for scale in (1.1, 1.2))
    age, gender, _ = faceapi.AgeGender(shards[faceapi.AGE_GENDER])(narrow)
    emotion, _ = faceapi.Expression(shards[faceapi.EXPRESSION])(narrow)
    left, top, side = corner(face, 1.2)
    points = faceapi.Landmarks(shards[faceapi.LANDMARKS])(wide)[0] * side + torch.tensor([left, top])
    head = (square(picture, face, 1.4, 64).transpose(2, 0, 1)[None].astype(np.float32) - 127.5) / 128
    pair = [faces.session(file).run(None, {"input": head})[0][0] for file in sorted((models / FSANET).glob("*.onnx"))]
    pose = np.mean(pair, 0) * [-1, 1, 1]  # its yaw is positive towards smaller x
    answers = {"age": age, "male": gender[:, :1], "emotion": emotion, "pose": pose, "landmarks": points}
    return {name: rounded(numbers, 3) for name, numbers in answers.items()}


def rounded(numbers: torch.Tensor | np.ndarray, digits: int) -> list[float]:
    return [round(value, digits) for value in numbers.flatten().tolist()]


def write(file: Path, records: dict[str, dict[str, list[float]]]) -> None:
    """JSON with a record a line."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(record)}" for name, record in records.items())
    file.write_text("{\n" + lines + "\n}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True, help="folder with <owner>__<repository>/<file>")
    models = parser.parse_args().models
    face = composite(models)
    with torch.no_grad():
        networks = {
            network: {name: rounded(numbers, 6) for name, numbers in outputs.items()}
            for network, outputs in answers(models, face).items()
        }
        people = {file.name: estimates(models, cv2.imread(str(file))) for file in sorted(DEMO.glob("person?_1.jpg"))}
    cv2.imwrite(str(LAUNCHER / "face.png"), face, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    write(LAUNCHER / "reference.json", networks)
    write(SERVICE / "attributes.json", people)


if __name__ == "__main__":
    main()
