"""The teachers of the attributes: face-api's age, gender and emotion, and two FSA-Nets, asked about one scene.

A scene is a square of 144 x 144 around a face, `SCALE` times the longer side of its box wide, RGB, bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

import faceapi
import shards
from faces import session
from pictures import cut
from teachers import exported_session

SCALE = 1.4  # side of the student's crop, and of FSA-Net's, in longer sides of the face's box
FACEAPI_SCALE = 1.1
SCENE = 144  # side of the square that is augmented, and from which all crops are cut
WHOLE = np.array([0, 0, SCENE, SCENE], np.float32)
FSANET = "omasaht__headpose-fsanet-pytorch"


class Teacher:
    """Answers of face-api and the FSA-Nets for scenes n x 144 x 144 x 3, RGB, bytes, the face's box in their middle."""

    def __init__(self, models: Path):
        example = torch.zeros(2, 3, faceapi.SIDE, faceapi.SIDE)
        folder = models / faceapi.FOLDER
        self.age_gender = exported_session(faceapi.AgeGender(faceapi.load(folder, faceapi.AGE_GENDER)), example)
        self.expression = exported_session(faceapi.Expression(faceapi.load(folder, faceapi.EXPRESSION)), example)
        self.pose = [session(file) for file in sorted((models / FSANET).glob("fsanet-*.onnx"))]

    def __call__(self, scenes: np.ndarray) -> shards.Samples:
        faces = [cut(scene, WHOLE, FACEAPI_SCALE / SCALE, faceapi.SIDE) for scene in scenes]
        heads = [cut(scene, WHOLE, 1, 64) for scene in scenes]
        answers = [self._answer(planes(face), planes(head[:, :, ::-1])) for face, head in zip(faces, heads)]
        names = ("age", "gender", "age_hint", "emotion", "emotion_hint", "pose")
        return {name: np.concatenate(rows) for name, rows in zip(names, zip(*answers))}

    def _answer(self, face: np.ndarray, head: np.ndarray) -> tuple[np.ndarray, ...]:
        age, gender, age_hint = self.age_gender.run(None, {"input": face})
        emotion, emotion_hint = self.expression.run(None, {"input": face})
        pose = np.mean([network.run(None, {"input": (head - 127.5) / 128})[0] for network in self.pose], 0)
        pose = pose * np.array([-1, 1, 1], np.float32)  # FSA-Net's yaw is positive towards smaller x, ours towards larger
        return age, gender, age_hint.astype(np.float16), emotion, emotion_hint.astype(np.float16), pose


def planes(picture: np.ndarray) -> np.ndarray:
    """Bytes h x w x 3 as a batch of one, 0 to 255."""
    return np.ascontiguousarray(picture.transpose(2, 0, 1)[None], np.float32)
