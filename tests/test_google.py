"""Google's voice against a fake Google: CONNECT, TLS, one scripted reply a request, all on loopback."""

from __future__ import annotations

import base64
import json
import math
import socket
import ssl
import struct
import threading
import unicodedata
from array import array
from contextlib import suppress
from functools import partial
from time import monotonic
from urllib.parse import unquote

import lameenc
import pytest
import requests.adapters
import trustme
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3

from nashra.audio import voices
from nashra.audio.gains import CALIBRATION
from nashra.audio.voices.google import ATTEMPTS, PIECE, Speaker, cut, prepare
from nashra.cli import main
from nashra.errors import SpeechError
from nashra.model import Voice

ARABIC = Voice("gtts", "ar")
HTML = b"<html><body>Before you continue to Google</body></html>"
SIX = "، ".join("كلمة " * 16 + str(number) for number in range(6))
BOUND_S = 5  # nothing on loopback needs as long; a broken test ends here


def mp3(rate=24_000, seconds=0.4):
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    sound = array("h", (round(8000 * math.sin(at / 9)) for at in range(round(rate * seconds))))
    return bytes(encoder.encode(sound.tobytes()) + encoder.flush())


def line(audio):
    """Return Google's answer: a guard, then rows of JSON that hold JSON."""
    row = ["wrb.fr", "jQ1olc", None if audio is None else json.dumps([audio]), None, None, None, "generic"]
    return b")]}'\n\n" + json.dumps([row], separators=(",", ":")).encode()


def answer(body, status="200 OK", *headers, length=None):
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


SPEECH = line(base64.b64encode(mp3()).decode())
DATES = ("Date: Mon, 05 Jan 2026 10:00:00 GMT", "Retry-After: Mon, 05 Jan 2026 10:00:07 GMT")
REPLIES = {
    "ok": answer(SPEECH),
    "three seconds": answer(line(base64.b64encode(mp3(seconds=3)).decode())),
    "padded": answer(SPEECH.replace(b"=", rb"\\u003d")),
    "other rate": answer(line(base64.b64encode(mp3(16_000)).decode())),
    "429": answer(HTML, "429 Too Many Requests", "Retry-After: 2"),
    "429 until": answer(HTML, "429 Too Many Requests", *DATES),
    "429 long": answer(HTML, "429 Too Many Requests", "Retry-After: 86400"),
    "302": answer(HTML, "302 Found", "Location: https://translate.google.com/sorry"),
    "400": answer(HTML, "400 Bad Request"),
    "404": answer(HTML, "404 Not Found"),
    "408": answer(b"", "408 Request Timeout"),
    "500": answer(HTML, "500 Internal Server Error"),
    "empty": answer(b""),
    "html": answer(HTML),
    "null": answer(line(None)),
    "empty audio": answer(line("")),
    "bad base64": answer(line("!" * 99)),
    "html as base64": answer(line(base64.b64encode(HTML).decode())),
    "frame of nothing": answer(line(base64.b64encode(b"\xff\xf3" + b"?" * 400).decode())),
    "bad gzip": answer(SPEECH, "200 OK", "Content-Encoding: gzip"),
    "cut": answer(SPEECH[:-400], length=len(SPEECH)),
    "huge": answer(b"x" * 3_000_000),
}
ENDINGS = {"cut", "huge"}  # the fake closes the connection after them


class Fake:
    """A proxy that leads to itself: it replies by `script`, whose last entry is repeated."""

    def __init__(self, identity):
        self.script = ["ok"]
        self.bodies = []
        self.heads = []
        self.connects = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        identity.configure_cert(self._context)
        self._over = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    @property
    def texts(self):
        return [self.asked(body)[0] for body in self.bodies]

    @staticmethod
    def asked(body):
        """Return what a request asks for: text, language, whether slow."""
        rpc = json.loads(unquote(body.decode().removeprefix("f.req=").removesuffix("&")))
        return json.loads(rpc[0][0][1])[:3]

    def stop(self):
        self._over.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._door.close()
        for thread in self._threads:
            thread.join(BOUND_S)
            assert not thread.is_alive()

    def _listen(self):
        while not self._over.is_set():
            try:
                plain, _ = self._door.accept()
            except OSError:
                return
            plain.settimeout(BOUND_S)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else 40 ms a reply
            self._threads.append(threading.Thread(target=self._serve, args=(plain,)))
            self._threads[-1].start()

    def _serve(self, plain):
        with plain, suppress(OSError):
            self.connects.append(self._head(plain).split()[1])
            plain.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with self._context.wrap_socket(plain, server_side=True) as tls:
                while self._reply(tls):
                    pass

    @staticmethod
    def _head(sock):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = sock.recv(1)
            if not byte:
                raise ConnectionAbortedError
            head += byte
        return head.decode()

    def _reply(self, tls):
        """Read one request and reply to it; say whether the connection goes on."""
        head = self._head(tls)
        length = int(head.lower().split("content-length:")[1].split()[0])
        body = b""
        while len(body) < length:
            body += tls.recv(length - len(body))
        self.heads.append(head)
        self.bodies.append(body)
        name = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if name in REPLIES:
            tls.sendall(REPLIES[name])
            return name not in ENDINGS
        if name == "reset":
            tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif name == "hang":
            self._over.wait(BOUND_S)
        else:  # a drip, of a head or of a body
            tls.sendall(b"HTTP/1.1 200 OK\r\n" if name == "drip of head" else answer(b"", length=9_999))
            while not self._over.wait(0.02):
                tls.sendall(b"x")  # until the other side has gone
        return False


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def identity(authority):
    return authority.issue_cert("translate.google.com", "translate.google.com.eg")


@pytest.fixture
def google(authority, identity, monkeypatch, tmp_path):
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    fake = Fake(identity)
    for name in ("NO_PROXY", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{fake.port}")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    yield fake
    fake.stop()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def speaker(waits):
    with Speaker(pace_s=0, read_s=BOUND_S, sleep=waits.append, jitter=lambda: 0.5) as made:
        yield made


@pytest.fixture
def hasty(waits):
    with Speaker(pace_s=0, read_s=0.2, deadline_s=0.3, sleep=waits.append, jitter=lambda: 0.5) as made:
        yield made


def test_speaks(google, speaker):
    """The MP3 comes back as PCM at its own rate, and the request says what gTTS would say."""
    clip = speaker.speak("- قَالَ الوَزِيرُ\x01 «نعم» هٰذا.", ARABIC)
    assert clip.rate == 24_000
    assert 0.4 <= clip.frames / clip.rate < 0.5
    assert max(array("h", clip.pcm)) > 6000
    assert google.asked(google.bodies[0]) == ["- قال الوزير «نعم» هذا.", "ar", None]
    assert google.heads[0].startswith("POST /_/TranslateWebserverUi/data/batchexecute HTTP/1.1\r\n")
    assert google.connects == ["translate.google.com:443"]


@pytest.mark.usefixtures("google")
def test_authorities_without_a_setting(speaker, monkeypatch, tmp_path):
    """Where nobody names a bundle, requests' own is trusted."""
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(tmp_path / "authority.pem"))
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    assert speaker.speak("نعم", ARABIC).frames


def test_say_in_googles_voice(google, tmp_path, monkeypatch, capsys):
    """`nashra say` speaks with gtts too: the level of the voice is measured, then the text is asked once."""
    google.script = ["three seconds"]
    (tmp_path / "nashra.toml").write_text('[show]\ntitle = "x"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(voices.google, "Speaker", partial(Speaker, pace_s=0))
    for _again in range(2):
        with pytest.raises(SystemExit) as ended:
            main(["say", "مرحبا بكم", "-o", "hello.mp3", "--voice", "gtts"])
        assert ended.value.code == 0
    assert google.texts.count("مرحبا بكم") == 1
    assert len(google.texts) == len(CALIBRATION) + 1
    assert capsys.readouterr().out.startswith("hello.mp3  3.")
    assert 3 < MP3(tmp_path / "hello.mp3").info.length < 4


def test_pieces_go_over_one_connection(google, speaker):
    """A long text is asked in pieces, in order, over one kept connection, and joined whole."""
    one = speaker.speak("نعم", ARABIC).frames
    assert speaker.speak(SIX, ARABIC).frames == 6 * one
    assert len(google.connects) == 1
    assert " ".join(google.texts[1:]) == SIX
    assert max(map(len, google.texts)) <= PIECE


def test_slow_and_domain(google, speaker):
    """A speed below 0.8 is Google's slow one, and a colon names Google's domain."""
    speaker.speak("نعم", Voice("gtts", "ar:com.eg", speed=0.7))
    assert google.asked(google.bodies[0]) == ["نعم", "ar", True]
    assert google.connects == ["translate.google.com.eg:443"]


@pytest.mark.parametrize(
    ("first", "waited"),
    [
        ("429", [2.0]),  # as asked
        ("429 until", [7.0]),  # by the server's own clock
        ("429 long", [60.0]),  # not for a day
        *((name, [3.0]) for name in ("408", "500", "empty", "html", "null", "empty audio", "bad base64")),
        *(
            (name, [3.0])
            for name in ("html as base64", "frame of nothing", "bad gzip", "cut", "reset", "huge")
        ),
    ],
)
def test_what_passes_is_asked_again(google, speaker, waits, first, waited):
    """A failure that may pass is asked again after a wait, and leaves no trace in the sound."""
    google.script = [first, "ok"]
    assert 0.4 <= speaker.speak("نعم", ARABIC).frames / 24_000 < 0.5
    assert len(google.bodies) == 2
    assert waits == waited


def test_padding_may_be_escaped(google, speaker):
    """An equals sign written as JSON may write it ends base64 all the same."""
    google.script = ["padded"]
    assert speaker.speak("نعم", ARABIC).frames


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("429", "answered 429, 4 times; wait some hours"),
        ("500", "answered 500, 4 times; try again later"),
        ("empty", "without speech, 4 times"),
        ("html", "without speech"),
        ("null", "without speech"),
        ("empty audio", "other than speech"),
        ("bad base64", "cannot be decoded"),
        ("html as base64", "other than speech"),
        ("frame of nothing", "sound cannot be decoded"),
        ("cut", "cut short"),
        ("reset", "cut short"),
        ("huge", "over 1,000,000 bytes"),
    ],
)
def test_what_never_passes_ends(google, speaker, waits, reply, said):
    """After four attempts a failure is one error and never silence."""
    google.script = [reply]
    with pytest.raises(SpeechError, match=f"^voice gtts ar: Google.*{said}"):
        speaker.speak("نعم", ARABIC)
    assert len(google.bodies) == ATTEMPTS
    assert waits == ([2.0] * 3 if reply == "429" else [3.0, 6.0, 12.0])


@pytest.mark.parametrize("reply", ["hang", "drip", "drip of head"])
def test_slowness_ends(google, hasty, waits, reply):
    """A silent server and one that drips a byte at a time are left at the deadline, four times."""
    google.script = [reply]
    begun = monotonic()
    with pytest.raises(SpeechError, match=r"^voice gtts ar: Google: no whole answer in time, 4 times"):
        hasty.speak("نعم", ARABIC)
    assert monotonic() - begun < BOUND_S
    assert len(waits) == ATTEMPTS - 1


@pytest.mark.parametrize(
    ("reply", "said"), [("302", "302"), ("400", "400"), ("404", "404; check the domain")]
)
def test_what_is_final_is_asked_once(google, speaker, waits, reply, said):
    """A refusal that would be the same tomorrow is asked once, and no redirect is followed."""
    google.script = [reply]
    with pytest.raises(SpeechError, match=said):
        speaker.speak("نعم", ARABIC)
    assert (len(google.bodies), waits) == (1, [])


def test_one_bad_piece_fails_all(google, speaker):
    """An utterance with one piece missing is no utterance."""
    google.script = ["ok", "ok", "html"]
    with pytest.raises(SpeechError, match="without speech"):
        speaker.speak(SIX, ARABIC)
    assert len(google.bodies) == 2 + ATTEMPTS


def test_rates_are_not_mixed(google, speaker):
    """Pieces of several rates are not joined into sound of the wrong pitch."""
    google.script = ["ok", "other rate"]
    with pytest.raises(SpeechError, match="several rates"):
        speaker.speak(SIX, ARABIC)


def test_works_again_after_a_failure(google, speaker):
    """A connection lost in one sentence is made anew for the next."""
    google.script = ["reset", "reset", "cut", "reset", "ok"]
    with pytest.raises(SpeechError):
        speaker.speak("نعم", ARABIC)
    assert speaker.speak("نعم", ARABIC).frames
    assert len(google.connects) == 5


def test_untrusted_certificate(google, speaker, waits, monkeypatch, tmp_path):
    """Whoever is not vouched for hears no word of the article."""
    stranger = tmp_path / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(stranger)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(stranger))
    with pytest.raises(SpeechError, match="is not trusted"):
        speaker.speak("نعم", ARABIC)
    assert (google.bodies, waits, len(google.connects)) == ([], [], 1)


def test_certificate_of_another_name(google, speaker):
    """A good certificate of some other host is refused too."""
    with pytest.raises(SpeechError, match="is not trusted"):
        speaker.speak("نعم", Voice("gtts", "ar:fr"))
    assert google.bodies == []


def test_no_server(google, speaker, waits):
    """A refused connection is tried again, then said."""
    google.stop()
    with pytest.raises(SpeechError, match="no connection"):
        speaker.speak("نعم", ARABIC)
    assert len(waits) == ATTEMPTS - 1


@pytest.mark.parametrize(
    ("name", "value"), [("REQUESTS_CA_BUNDLE", "/nowhere.pem"), ("https_proxy", "http://")]
)
@pytest.mark.usefixtures("google")
def test_broken_environment(speaker, waits, monkeypatch, name, value):
    """A setting that cannot work is said at once."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SpeechError, match="check HTTPS_PROXY and REQUESTS_CA_BUNDLE"):
        speaker.speak("نعم", ARABIC)
    assert waits == []


@pytest.mark.usefixtures("google")
def test_pace(waits):
    """Requests start no closer than the pace, also across utterances."""
    now = [100.0]

    def sleep(seconds):
        waits.append(seconds)
        now[0] += seconds

    with Speaker(sleep=sleep, clock=lambda: now[0]) as speaker:
        speaker.speak("نعم", ARABIC)
        now[0] += 0.25
        speaker.speak("نعم", ARABIC)
    assert waits == [0.75]


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (Voice("gtts", "ar", pitch=1.2), "one pitch"),
        (Voice("gtts", "ar", speed=1.2), "two speeds, not at 1.2"),
        (Voice("gtts", "ar", speed=0.9), "two speeds"),
        (Voice("gtts", "ar", speed=0.0), "two speeds"),
        (Voice("gtts", "xx"), "xx: gTTS refuses it: Language not supported"),
        (Voice("gtts", "ar:com@evil.example/"), "no such voice"),
        (Voice("gtts", ""), "no such voice"),
    ],
)
def test_a_voice_google_has_not(voice, said):
    """What Google cannot do is refused, not ignored, before anything is sent."""
    with pytest.raises(SpeechError, match=said):
        prepare("نعم", voice)


@pytest.mark.parametrize("text", ["", " ", "…!؟", "\x00\x1b", "َُ", "-"])
def test_no_word(text):
    """A text without a word is an error and never sent."""
    with pytest.raises(SpeechError, match="no word to speak"):
        cut(text)


def test_more_marks_than_a_request_holds():
    """A letter that cannot be sent whole is an error."""
    with pytest.raises(SpeechError, match="marks"):
        cut("ك" + "\u0655" * PIECE)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("كلمة " * 9 + "قال: " + "كلمة " * 19, "كلمة " * 9 + "قال:"),
        ("كلمة " * 9 + "«نعم.» " + "كلمة " * 19, "كلمة " * 9 + "«نعم.»"),
        (
            "كلمة " * 9 + "3.5 و10:30 " + "كلمة " * 19,
            ("كلمة " * 9 + "3.5 و10:30 " + "كلمة " * 19)[:100].strip(),
        ),
        ("ك" * 99 + "ا\u0654" + "ك" * 9, "ك" * 99),
        ("St. " * 25, ("St. " * 25).strip()),
    ],
)
def test_where_it_cuts(text, first):
    """After a clause, else at a space, else before a letter with its marks; not inside numbers."""
    assert cut(text)[0] == first


LETTERS = st.builds("{}{}".format, st.sampled_from("كاي7a"), st.text("\u0651\u0654\u0301", max_size=3))
SIGNS = st.one_of(LETTERS, LETTERS, LETTERS, st.sampled_from(" ،؟.:-…!«»\n"))


@given(st.lists(SIGNS, max_size=400).map("".join))
def test_pieces_hold_every_letter(text):
    """Every letter is sent once, in order, with its marks, in requests that gTTS does not cut."""
    if not any(map(str.isalnum, text)):
        return
    pieces = cut(text)
    spoken = [sign for sign in "".join(pieces) if sign.isalnum()]
    assert spoken == [sign for sign in text if sign.isalnum()]
    assert all(0 < len(piece) <= PIECE for piece in pieces)
    marked = {at for at, sign in enumerate(text[1:]) if unicodedata.combining(sign) and text[at].isspace()}
    assert marked or not any(unicodedata.combining(piece[0]) for piece in pieces)
    sent = [Fake.asked(request.body.encode())[0] for request in prepare(text, ARABIC)]
    assert sent == pieces
