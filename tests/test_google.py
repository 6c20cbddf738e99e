"""Google's voice against a fake Google (fake_google.py): TLS, one scripted reply a request, on loopback."""

from __future__ import annotations

import json
import re
import socket
import threading
import unicodedata
from array import array
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic

import pytest
import requests.adapters
import trustme
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3

from fake_google import BOUND_S, Fake
from nashra.audio import voices
from nashra.audio.clips import clip
from nashra.audio.gains import CALIBRATION
from nashra.audio.voices.google import ATTEMPTS, PROBE, Speaker
from nashra.audio.voices.google_requests import PIECE, cut, prepare
from nashra.audio.voices.pacing import RESTS_S, STRANGE
from nashra.cli import main
from nashra.errors import SpeechError
from nashra.kept import Kept
from nashra.model import Voice

ARABIC = Voice("gtts", "ar")
SIX = "، ".join("كلمة " * 16 + str(number) for number in range(6))
NOW = 1_767_225_600.0  # the wall clock of a speaker here, in seconds since 1970


@pytest.fixture
def waits():
    return []


@pytest.fixture
def timid(waits):
    """Return what makes a speaker for whom time passes only while it waits."""
    return partial(
        Speaker,
        pace_ms=0,
        read_s=BOUND_S,
        sleep=waits.append,
        clock=lambda: sum(waits),
        wall=lambda: NOW + sum(waits),
        jitter=lambda: 0.5,
    )


@pytest.fixture
def speaker(timid):
    with timid() as made:
        yield made


@pytest.fixture
def hasty(waits):
    """Return a speaker in real time but for its waits, which are counted and not kept."""
    clock = lambda: monotonic() + sum(waits)  # noqa: E731 it is given away as a value
    with Speaker(
        pace_ms=0, read_s=0.2, deadline_s=0.3, sleep=waits.append, clock=clock, jitter=lambda: 0.5
    ) as made:
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
    monkeypatch.setattr(voices.google, "Speaker", partial(Speaker, pace_ms=0))
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
        ("503 later", [7.0]),
        *((name, [3.0]) for name in ("429 absurd", "429 negative", "429 past")),  # our own back-off
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


@pytest.mark.parametrize("place", range(6))
def test_one_bad_piece_fails_all(google, speaker, place):
    """An utterance with one piece missing, whichever it is, is no utterance."""
    google.script = ["ok"] * place + ["html"]
    with pytest.raises(SpeechError, match="without speech"):
        speaker.speak(SIX, ARABIC)
    assert len(google.bodies) == place + ATTEMPTS


def test_rates_are_not_mixed(google, speaker):
    """Pieces of several rates are not joined into sound of the wrong pitch."""
    google.script = ["ok", "other rate"]
    with pytest.raises(SpeechError, match="several rates"):
        speaker.speak(SIX, ARABIC)


def test_works_again_after_a_failure(google, speaker, waits):
    """A connection lost in one sentence is made anew for the next."""
    google.script = ["reset", "reset", "cut", "reset", "ok"]
    with pytest.raises(SpeechError):
        speaker.speak("نعم", ARABIC)
    waits.append(RESTS_S["away"])
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

    with Speaker(pace_ms=1000, sleep=sleep, clock=lambda: now[0]) as speaker:
        speaker.speak("نعم", ARABIC)
        now[0] += 0.25
        speaker.speak("نعم", ARABIC)
    assert waits == [0.75]


def test_a_wait_of_hours_is_kept_by_the_next_build_too(google, timid, waits, tmp_path):
    """Google's two hours are neither waited for nor ignored: nobody asks again before they are over."""
    google.script = ["429 long", "ok"]
    with timid(tmp_path) as first, pytest.raises(SpeechError, match=r"Google answered 429; wait some hours"):
        first.speak("نعم", ARABIC)
    waits.append(7100)
    with (
        timid(tmp_path) as second,
        pytest.raises(SpeechError, match="answered 429; it is left alone for 2 min"),
    ):
        second.speak("نعم", ARABIC)
    assert len(google.bodies) == 1
    waits.append(200)
    with timid(tmp_path) as third:
        assert third.speak("نعم", ARABIC).frames
    assert len(google.bodies) == 2


def test_each_block_in_a_row_doubles_the_rest_and_costs_one_request(google, timid, waits, tmp_path):
    """A quarter of an hour, then half, then one, at most a day; one answer ends it."""
    google.script = ["429"]
    rests = []
    for _build in range(9):
        with timid(tmp_path) as speaker:
            with pytest.raises(SpeechError, match="answered 429"):
                speaker.speak("نعم", ARABIC)
            before = sum(waits)
            while speaker._breaker.closed():
                waits.append(60)
            rests.append(round(sum(waits) - before))
    assert rests == [900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 86_400]
    assert len(google.bodies) == ATTEMPTS + 8
    google.script = ["ok"]
    with timid(tmp_path) as speaker:
        assert speaker.speak("نعم", ARABIC).frames
        assert not speaker._breaker.careful
    assert json.loads((tmp_path / "gtts.json").read_bytes())["blocks"] == 0


def test_a_refusal_is_a_block_that_is_asked_once(google, timid, tmp_path):
    google.script = ["403"]
    for said in ("answered 403; wait some hours", "left alone for 15 min"):
        with timid(tmp_path) as speaker, pytest.raises(SpeechError, match=said):
            speaker.speak("نعم", ARABIC)
    assert len(google.bodies) == 1


def test_what_cannot_be_reached_is_left_alone_for_a_minute(google, timid, waits, tmp_path):
    """The other sentences of a build do not wait for a server that is down; the next try does ask."""
    google.script = ["500"]
    with timid(tmp_path) as speaker:
        for _sentence in range(3):
            with pytest.raises(SpeechError, match="answered 500"):
                speaker.speak("نعم", ARABIC)
        assert len(google.bodies) == ATTEMPTS
        waits.append(61)
        google.script = ["ok"]
        assert speaker.speak("نعم", ARABIC).frames


def test_five_sentences_without_speech_are_no_fault_of_theirs(google, timid):
    google.script = ["html"]
    with timid() as speaker:
        for _sentence in range(STRANGE + 2):
            with pytest.raises(SpeechError):
                speaker.speak("نعم", ARABIC)
    assert len(google.bodies) == STRANGE * ATTEMPTS


@pytest.mark.usefixtures("google")
@pytest.mark.parametrize(
    "left", [b"", b"{", b'{"until": "soon"}', b"[]", b'{"until": 1e300, "why": "x", "blocks": 0}']
)
def test_a_broken_memory_of_a_block_closes_no_door(timid, tmp_path, left):
    (tmp_path / "gtts.json").write_bytes(left)
    with timid(tmp_path) as speaker:
        assert speaker.speak("نعم", ARABIC).frames


def test_many_at_once_share_the_pace_and_keep_their_connections(google, waits):
    """Of eight threads, two are let through, a connection each; the starts lie a pace apart."""
    google.slow_s = 0.05
    with (
        Speaker(at_once=2, pace_ms=500, sleep=waits.append, clock=lambda: 0.0, read_s=BOUND_S) as speaker,
        ThreadPoolExecutor(8) as pool,
    ):
        texts = [f"نعم {number}" for number in range(8)]
        sounds = list(pool.map(lambda text: speaker.speak(text, ARABIC).frames, texts))
    assert len(set(sounds)) == 1
    assert sorted(google.texts) == texts
    assert sorted(waits) == [0.5 * place for place in range(1, 8)]
    assert google.most_at_once == 2
    assert len(google.connects) == 2


def test_a_slow_down_holds_every_thread(google, waits):
    """What one connection is told, the others heed: after a 429 nobody starts before the wait is over."""
    google.script = ["429", "ok"]
    with Speaker(at_once=2, pace_ms=0, sleep=waits.append, clock=lambda: sum(waits)) as speaker:
        pace = speaker._pace
        assert speaker.speak("نعم", ARABIC).frames
        assert waits == [2.0]
        pace.hold(5)
        assert speaker.speak("نعم", ARABIC).frames
    assert waits == [2.0, 5.0]


PROBED = {
    "ok": "",
    "429": "answered 429",
    "500": "answered 500",
    "html": "without speech",
    "hang": "no whole answer in time|did not answer",
    "drip": "no whole answer in time|did not answer",
}


@pytest.mark.parametrize("reply", PROBED)
def test_a_probe_is_one_request_that_ends(google, reply):
    """Whether Google answers is asked once, with one word, and never for longer than was said."""
    google.script = [reply]
    with Speaker() as speaker:
        why = speaker.refusal(ARABIC, 0.5)
        closed = speaker._breaker.closed()
    assert re.search(PROBED[reply], why)
    assert bool(why) == (reply != "ok")
    assert bool(closed) == (reply == "429")
    assert google.texts == [PROBE]


def test_a_probe_does_not_wait_for_a_name_server_that_is_not_there(monkeypatch):
    """The system looks up names without a limit of ours; whoever asks us is not held by it."""
    over = threading.Event()
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: over.wait(BOUND_S) and [])
    with Speaker() as speaker:
        assert speaker.refusal(ARABIC, 0.2) == "Google did not answer in 0.2 s"
    over.set()


def test_a_probe_of_a_closed_door_sends_nothing(google, timid):
    google.script = ["403"]
    with timid() as speaker:
        with pytest.raises(SpeechError):
            speaker.speak("نعم", ARABIC)
        assert "left alone for 15 min" in speaker.refusal(ARABIC, 2)
    assert len(google.bodies) == 1


@pytest.mark.parametrize("reply", ["silence", "a moment"])
def test_sound_that_cannot_be_the_sentence_is_refused(google, speaker, tmp_path, reply):
    """A whole MP3 of silence, or of a moment for a long sentence, is no speech, and is not kept."""
    google.script = [reply]
    kept = Kept(tmp_path / "clips", "clip")
    text = "أعلنت الحكومة اليوم عن خطة جديدة لتطوير قطاع النقل في المدن الكبرى."
    with pytest.raises(SpeechError, match=r"gtts gave (no sound|0\.\d s of sound)"):
        clip(text, ARABIC, speaker, kept)
    assert not (tmp_path / "clips").exists()


def test_after_a_failure_only_what_is_missing_is_asked(google, timid, waits, tmp_path):
    """Resuming costs no sentence twice: what was spoken before the block is kept."""
    texts = [f"جملة قصيرة {number}" for number in range(6)]
    kept = Kept(tmp_path / "clips", "clip")
    google.script = ["three seconds"] * 4 + ["429"]
    with timid(tmp_path) as speaker:
        for text in texts[:4]:
            clip(text, ARABIC, speaker, kept)
        with pytest.raises(SpeechError, match="answered 429, 4 times"):
            clip(texts[4], ARABIC, speaker, kept)
        google.script = ["three seconds"]
        waits.append(900)
        before = len(google.texts)
        for text in texts:
            clip(text, ARABIC, speaker, kept)
    assert google.texts[before:] == texts[4:]


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
