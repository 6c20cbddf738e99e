"""A finished MP3 as a small Ogg Opus file, for listeners on slow or dear lines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from nashra.errors import AudioError, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import av

RATE = 48_000
"""Hz: the rate that Opus counts in, whatever it is given (RFC 6716)."""

# Without them the muxer draws a serial number by chance and writes its version into the file.
_STEADY = {"serial_offset": "1", "fflags": "+bitexact"}
# Frames of 60 ms cost speech nothing that is heard, and save a tenth of the bytes at 24 kbit/s.
_SPEECH = {"application": "audio", "vbr": "on", "frame_duration": "60"}


def encode(mp3: bytes, kbps: int, where: str = "") -> bytes:
    """Return an MP3 as Opus of about so many kbit/s: mono, as long to the sample, the same bytes every time.

    Raises ConfigurationError where PyAV is not installed, AudioError for what is no MP3.
    """
    try:
        import av  # noqa: PLC0415 an extra: 100 MB that most stations do not need
    except ImportError as missing:
        raise ConfigurationError(
            "`podcast.opus_kbps` needs PyAV, which is not installed",
            where="nashra.toml",
            then='run `pip install "nashra[opus]"`, or set it to 0',
        ) from missing
    out = io.BytesIO()
    try:
        with (
            av.open(io.BytesIO(mp3), "r", format="mp3") as source,
            av.open(out, "w", format="ogg", options=_STEADY) as target,
        ):
            stream = target.add_stream("libopus", rate=RATE, layout="mono", options=_SPEECH)
            stream.bit_rate = kbps * 1000
            for frame in _at_its_rate(source.decode(audio=0)):
                target.mux(stream.encode(frame))
            target.mux(stream.encode(None))
    except (av.FFmpegError, IndexError) as refused:
        raise AudioError(
            f"cannot be made into Opus: {refused}", where=where, then="build it again"
        ) from refused
    return out.getvalue()


def _at_its_rate(frames: Iterator[av.AudioFrame]) -> Iterator[av.AudioFrame]:
    """Give decoded sound at Opus's rate, piece by piece: an hour does not have to fit into memory."""
    import av  # noqa: PLC0415 as above

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    for frame in frames:
        yield from resampler.resample(frame)
    yield from resampler.resample(None)
