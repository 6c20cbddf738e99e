"""The process that holds a piper voice: onnxruntime, and an espeak-ng that has crashed on odd text."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from nashra.audio.voices.worker import serve

_SEED = 1


def answer(question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return header and PCM (mono, 16-bit, little-endian) for one sentence.

    The model is loaded anew for each sentence: it draws its noise from where the last sentence left
    off, and the same sentence would never be the same bytes.
    """
    import onnxruntime  # noqa: PLC0415 0.2 s, and only here
    from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415 an optional extra

    onnxruntime.set_default_logger_severity(4)
    onnxruntime.set_seed(_SEED)
    try:
        voice = PiperVoice.load(question["model"])
    except Exception as broken:  # noqa: BLE001 whatever onnxruntime or piper make of a broken file
        return {"broken": " ".join(str(broken).split())[:300], "bytes": 0}, b""
    # Our marks are better than those of its own diacritizer, which would put its own over them.
    voice.use_tashkeel = False
    # Its own levelling makes every sentence as loud as the loudest: the volume would jump.
    how = SynthesisConfig(length_scale=voice.config.length_scale / question["speed"], normalize_audio=False)
    pcm = b"".join(chunk.audio_int16_bytes for chunk in voice.synthesize(question["text"], how))
    return {"rate": voice.config.sample_rate, "bytes": len(pcm)}, pcm


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in espeak_worker
    # piper and its espeak-ng print on stdout at times; that is where our answers go.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(answer, sys.stdin.buffer, answers)
