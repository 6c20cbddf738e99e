"""A voice for piper in about 2 KB: a hum whose pitch follows each phoneme, with a little noise in it.

It has the doors of a trained voice (input, input_lengths, scales; output) and draws noise as trained
voices do, so the engine's real path is walked: espeak-ng's phonemes, onnxruntime, the length scale.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE = 22_050
FRAMES = 900
"""Frames of sound for a phoneme id: 41 ms; piper puts a pad between two."""


def make(folder: Path, name: str = "tiny.onnx", *, rate: int = RATE, loud: float = 0.3) -> Path:
    """Write the voice and its description into a folder; return the model's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    onnx.save(_model(loud), path)
    described = {
        "audio": {"sample_rate": rate},
        "espeak": {"voice": "ar"},
        "phoneme_type": "espeak",
        "num_symbols": 256,
        "num_speakers": 1,
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    Path(f"{path}.json").write_text(json.dumps(described), "utf-8")
    return path


def _model(loud: float) -> onnx.ModelProto:
    """Return input [1, n] -> output [1, 1, n * FRAMES * length scale]: sin(phase * pitch of the id)."""
    constants = {
        "frames": np.array(float(FRAMES), np.float32),
        "zero": np.array(0.0, np.float32),
        "one": np.array(1.0, np.float32),
        "step": np.array(2 * math.pi * 120 / RATE, np.float32),
        "per_id": np.array(0.02, np.float32),
        "loud": np.array(loud, np.float32),
        "faint": np.array(0.02, np.float32),
        "first": np.array([0], np.int64),
        "middle": np.array(1, np.int64),
        "shape": np.array([1, 1, -1], np.int64),
    }
    nodes = [
        helper.make_node("Gather", ["scales", "middle"], ["length_scale"], axis=0),
        helper.make_node("Mul", ["frames", "length_scale"], ["each"]),
        helper.make_node("Squeeze", ["input", "first"], ["ids"]),
        helper.make_node("Size", ["ids"], ["count"]),
        helper.make_node("Cast", ["count"], ["many"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["many", "each"], ["all"]),
        helper.make_node("Range", ["zero", "all", "one"], ["time"]),
        helper.make_node("Div", ["time", "each"], ["place"]),
        helper.make_node("Cast", ["place"], ["index"], to=TensorProto.INT64),
        helper.make_node("Gather", ["ids", "index"], ["now"], axis=0),
        helper.make_node("Cast", ["now"], ["id"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["id", "per_id"], ["rise"]),
        helper.make_node("Add", ["rise", "one"], ["pitch"]),
        helper.make_node("Mul", ["time", "step"], ["phase"]),
        helper.make_node("Mul", ["phase", "pitch"], ["turned"]),
        helper.make_node("Sin", ["turned"], ["wave"]),
        helper.make_node("RandomNormalLike", ["wave"], ["noise"]),
        helper.make_node("Mul", ["noise", "faint"], ["hiss"]),
        helper.make_node("Mul", ["wave", "loud"], ["hum"]),
        helper.make_node("Add", ["hum", "hiss"], ["sound"]),
        helper.make_node("Reshape", ["sound", "shape"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, "n"]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "frames_out"])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)])
    model.ir_version = 9
    return model
