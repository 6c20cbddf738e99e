"""A build on a cluster: the same bytes, and no fault of a machine that stops it or loses anything."""

import dataclasses
import json
import random
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

from machines import (
    BOUND_S,
    SOURCE,
    Build,
    Elsewhere,
    changed_source,
    environment,
    scheduler,
    worker,
)
from nashra.cluster import opening, orders, running, tasks
from nashra.cluster.hand import MOST_DESKS, Hands, Place, performed
from nashra.cluster.hands import Hand
from nashra.errors import AudioError, ConfigurationError
from nashra.kept import Shelves
from nashra.model import Voice
from nashra.settings import ClusterSettings
from nashra.shelves import Shared
from nashra.station import load
from nashra.store import sha256

pytest.importorskip("distributed")
slow = pytest.mark.slow
sweep = pytest.mark.sweep
"""Of what waits until a cluster is given up; the rest of its tests runs each time."""

CRASH = (
    "        import numpy as np  # noqa: PLC0415 0.09 s that only a build which speaks has to pay\n",
    "        import ctypes, numpy as np, time\n"  # noqa: ISC004 lines of one text
    '        if "سموم" in text:\n            ctypes.string_at(0)\n'
    '        if "نعاس" in text:\n            time.sleep(1000)\n'
    '        if "بطيء" in text:\n            time.sleep(1)\n',
)
"""A tone that falls down over one word, falls asleep over another, and dawdles over a third."""


SLOW = (
    "            return self._opened\n",
    "            slow = self._opened\n        __import__('time').sleep(0.1)\n        return slow\n",
)
"""A store that is far away."""


@pytest.fixture
def many(brief):
    """Return six short articles that differ."""
    words = ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس")
    return {
        f"rain-{number}.txt": brief.replace("مدن الشمال", f"مدن الشمال بطيء {word}")
        for number, word in enumerate(words)
    }


@pytest.fixture
def inline(station, many, files, run):
    """Return every file of a station of those articles as it is built by one process on one core."""
    folder = station(many, name="inline")
    assert run(folder, "build", "--jobs", "1").code == 0
    return files(folder)


def patient(settings, patience_s, deadline_s=300):
    return f"{settings}\n[cluster]\npatience_s = {patience_s}\ndeadline_s = {deadline_s}\n"


def without_settings(found):
    return {name: data for name, data in found.items() if name != "nashra.toml"}


def on_the_cluster(event):
    """Tell whether a cluster spoke already: the build that joins beside it says so only later."""
    return event.get("phase") == "cluster" and event["clips"] > 0


# What is asked of a machine


def test_an_order_is_named_by_what_shapes_its_sound_and_by_nothing_else():
    """Another text, voice, desk or file name is another key; how many voices speak at once is not."""
    order = orders.Order("a.txt", b"x", Voice("tone", "ar"), "desk")
    others = (
        dataclasses.replace(order, article=b"y"),
        dataclasses.replace(order, voice=Voice("tone", "ar", 2.0)),
        dataclasses.replace(order, desk="other"),
        dataclasses.replace(order, file="b.txt"),
    )
    assert len({order.key, *(other.key for other in others)}) == 5
    assert dataclasses.replace(order, tokens=3).key == order.key


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("local:3", opening.Address(workers=3)),
        ("tcp://127.0.0.1:8786", opening.Address(url="tcp://127.0.0.1:8786")),
        ("tcp://[::1]:8786", opening.Address(url="tcp://[::1]:8786")),
        ("tcp://localhost:8786", opening.Address(url="tcp://localhost:8786")),
        ("local:0", "is no cluster"),
        ("local:two", "is no cluster"),
        ("http://127.0.0.1:8786", "is no cluster"),
        ("tcp://user:pw@127.0.0.1:1", "is no cluster"),
        ("tcp://10.0.0.7:8786", "run programs"),
        ("tcp://127.0.0.1.example.org:8786", "run programs"),
        ("tls://10.0.0.7:8786", "needs certificates"),
    ],
)
def test_a_cluster_in_the_clear_is_refused_beyond_loopback(said, means):
    """Whoever reaches Dask's port runs what they like: TLS, or the owner's word."""
    if isinstance(means, opening.Address):
        assert opening.address(said, ClusterSettings(), "--cluster") == means
    else:
        with pytest.raises(ConfigurationError, match=means):
            opening.address(said, ClusterSettings(), "--cluster")


def test_the_owner_may_say_that_the_network_is_theirs_alone():
    """`cluster.plain` allows tcp:// anywhere, and certificates tls://."""
    plain = ClusterSettings(plain=True)
    assert opening.address("tcp://10.0.0.7:8786", plain, "").url == "tcp://10.0.0.7:8786"
    known = ClusterSettings(ca="a", cert="b", key="c")
    assert opening.address("tls://10.0.0.7:8786", known, "").url == "tls://10.0.0.7:8786"


def test_a_cluster_elsewhere_needs_a_store_that_both_see(station, run, brief):
    """Without one, the sound would stay where it was made."""
    ran = run(station({"rain.txt": brief}), "build", "--cluster", "tcp://127.0.0.1:1")
    assert ran.code == 2
    assert "store.url" in ran.err


def test_a_scheduler_that_does_not_answer_costs_a_warning(station, run, brief, tmp_path):
    """Nobody listens there: said, and built here."""
    folder = station({"rain.txt": brief})
    ran = run(folder, "build", "--cluster", "tcp://127.0.0.1:9", "--store", str(tmp_path / "store"))
    assert ran.code == 0
    assert "the cluster is given up: tcp://127.0.0.1:9 does not answer" in ran.err
    assert (folder / "feed" / "feed.xml").is_file()


def test_a_hand_that_dies_thrice_or_sleeps_is_answered_for():
    """The order is marked deadly, and the next one gets a process of its own."""
    code = (
        "import sys, os, time, json\n"
        "for line in sys.stdin:\n"
        "    if 'die' in line: os._exit(9)\n"
        "    if 'sleep' in line: time.sleep(99)\n"
        '    print(\'{"clips": 1}\'); print(\'{"answer": {"clips": 2}}\', flush=True)\n'
    )
    told = []
    hand = Hand((sys.executable, "-c", code))
    try:
        assert hand.ask("die", 30, told.append) == {"failed": "ended its process 3 times", "deadly": True}
        assert hand.ask("sleep", 0.5, told.append)["deadly"]
        assert hand.ask("speak", 30, told.append) == {"clips": 2}
        assert told == [{"clips": 1}]
    finally:
        hand.close()


def test_voices_that_speak_at_once_share_one_pace(station, brief):
    """Three tokens: each asks a third as often, and never for less than one at a time."""
    desk = load(station({"rain.txt": brief}))
    said = orders.paced(desk, 3).settings.voice
    assert (said.requests, said.pace_ms) == (1, 3000)
    assert orders.paced(desk, 1) is desk
    assert orders.is_online(desk, Voice("gtts", "ar"))
    assert not orders.is_online(desk, Voice("tone", "ar"))


def test_a_desk_in_the_store_writes_nothing_outside_a_worker_s_folder(tmp_path, station, brief):
    """Its files come with their hash, and only below the folder; a desk that was changed is no desk."""
    desk = load(station({"rain.txt": brief}, '[show]\ntitle = "x"\n[sound]\nopening = "sounds/o.wav"\n'))
    (desk.root / "sounds").mkdir()
    (desk.root / "sounds" / "o.wav").write_bytes(b"wave")
    store = Shared(str(tmp_path / "store"), "desk", pytest.fail)
    key = orders.leave_desk(dataclasses.replace(desk, behind=store), desk.voices)
    there = orders.station_at(key, tmp_path / "there", store, own=False)
    assert (there.root / "sounds" / "o.wav").read_bytes() == b"wave"
    assert (there.settings, there.templates, there.sounds) == (desk.settings, desk.templates, desk.sounds)

    shelf = Shelves(tmp_path / "evil", store).kept(*orders.DESKS)
    said = json.loads(shelf.get(key)[1])
    said["files"] = {"../outside": said["files"]["sounds/o.wav"]}
    changed = json.dumps(said).encode()
    name = sha256("desk", changed)
    shelf.put(name, {}, changed)
    orders.station_at(name, tmp_path / "deep" / "there", store, own=False)
    assert not (tmp_path / "deep" / "outside").exists()
    shelf.put("00" * 32, {}, changed)
    with pytest.raises(AudioError, match="shared store"):
        orders.station_at("00" * 32, tmp_path / "x", store, own=False)


@pytest.fixture
def hands():
    """Return what a worker's process has open, closed at the end."""
    found = Hands()
    yield found
    found.forget()


def test_a_worker_that_lives_for_months_keeps_few_stations_open(tmp_path, station, brief, settings, hands):
    """Each has engines, which are processes: the one that was used longest ago is closed."""
    place = Place(str(tmp_path / "there"), str(tmp_path / "store"), own=False)
    keys = []
    for number in range(MOST_DESKS + 1):
        desk = load(station({"rain.txt": brief}, f"{settings}# {number}\n", name=f"desk-{number}"))
        store = Shared(str(tmp_path / "store"), "desk", pytest.fail)
        keys.append(orders.leave_desk(dataclasses.replace(desk, behind=store), desk.voices))
    opened = [hands.at(place, key) for key in keys[:MOST_DESKS]]
    assert hands.at(place, keys[0]) is opened[0]
    hands.at(place, keys[-1])
    assert hands.at(place, keys[0]) is opened[0]
    assert hands.at(place, keys[1]) is not opened[1]


def test_a_worker_that_lost_the_store_says_so_and_opens_it_anew(tmp_path, station, brief, hands, monkeypatch):
    """What it made lies where nobody looks: the build makes it, and the next order finds the store again."""
    desk = load(station({"rain.txt": brief}))
    store = Shared(str(tmp_path / "store"), "desk", pytest.fail)
    key = orders.leave_desk(dataclasses.replace(desk, behind=store), desk.voices)
    place = Place(str(tmp_path / "there"), str(tmp_path / "store"), own=False)
    order = orders.Order("rain.txt", brief.encode(), desk.voice, key)
    hands.at(place, key)
    with monkeypatch.context() as patch:
        patch.setattr(Shared, "is_left", True)
        with pytest.raises(AudioError, match="cannot reach the store"):
            performed(hands, place, order, lambda _clips, _frames: None)
    shutil.rmtree(tmp_path / "there")
    answer = performed(hands, place, order, lambda _clips, _frames: None)
    assert {piece.key for piece in answer.pieces} <= {
        path.stem for path in (tmp_path / "store" / "parts").rglob("*.part")
    }
    assert answer.pieces


# Real machines


@slow
def test_inline_parallel_local_cluster_and_cluster_elsewhere_give_the_same_bytes(
    station, many, inline, files, tmp_path, authority, settings
):
    """Every file of the station: sound, records, feed, pages. The one elsewhere speaks TLS."""
    parallel = station(many, name="parallel")
    code, said = Build(parallel, "--jobs", "4").end()
    assert (code, files(parallel)) == (0, inline), said

    local = station(many, name="local")
    build = Build(local, "--cluster", "local:2")
    code, said = build.end()
    assert (code, files(local)) == (0, inline), said
    assert "given up" not in said
    assert build.events[-1] == {**build.events[-1], "event": "finished", "failed": 0, "articles": 6}

    far = station(many, name="far")
    pem = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(far / "ca.pem")
    pem.private_key_pem.write_to_path(far / "key.pem")
    pem.cert_chain_pems[0].write_to_path(far / "cert.pem")
    (far / "nashra.toml").write_text(
        settings + '\n[cluster]\nca = "ca.pem"\ncert = "cert.pem"\nkey = "key.pem"\n', "utf-8"
    )
    tls = [
        f"--tls-{name}={far / file}.pem"
        for name, file in (("ca-file", "ca"), ("cert", "cert"), ("key", "key"))
    ]
    with (
        scheduler(tmp_path, "--protocol", "tls", *tls) as (_process, address),
        worker(tmp_path, address, *tls),
    ):
        assert address.startswith("tls://127.0.0.1:")
        build = Build(far, "--cluster", address, "--store", str(tmp_path / "store"))
        code, said = build.end()
    assert code == 0, said
    assert "given up" not in said
    assert any(event.get("phase") == "cluster" and event["done"] for event in build.events), said
    found = files(far)
    assert {name: found[name] for name in inline if name != "nashra.toml"} == without_settings(inline)


@slow
def test_a_cluster_of_this_machine_listens_on_loopback_only(station, many, tmp_path):
    """No port of a build or its workers can be reached from another machine."""
    source = changed_source(tmp_path, {"audio/voices/tone.py": CRASH})
    build = Build(station(many), "--cluster", "local:2", source=source)
    assert build.until(on_the_cluster)
    listening = [
        each.laddr.ip
        for process in (psutil.Process(build.process.pid), *build.family())
        for each in process.net_connections("inet")
        if each.status == psutil.CONN_LISTEN
    ]
    code, said = build.end()
    assert code == 0, said
    assert listening
    assert set(listening) == {"127.0.0.1"}


@sweep
def test_workers_killed_and_stopped_lose_nothing_and_double_nothing(
    station, many, inline, files, run, tmp_path, settings
):
    """Five kills among workers and hands, one worker stopped: each file whole, the same bytes."""
    chance = random.Random(101)  # noqa: S311 the same faults in every run
    source = changed_source(tmp_path, {"audio/voices/tone.py": CRASH})
    folder = station(many, patient(settings, 90), name="killed")
    build = Build(folder, "--cluster", "local:2", source=source)
    assert build.until(on_the_cluster)
    for number in range(5):
        choice = (build.workers(), build.hands())[number % 2]
        if choice:
            chance.choice(choice).kill()
        time.sleep(1.5)
    if build.workers():
        chance.choice(build.workers()).send_signal(signal.SIGSTOP)
    code, said = build.end()
    assert code == 0, said
    assert without_settings(files(folder)) == without_settings(inline)
    assert run(folder, "cache", "verify").code == 0
    assert not list((folder / ".nashra").rglob("*.tmp"))


@slow
@pytest.mark.parametrize(
    ("deadly", "deadline_s"), [(5, 20), pytest.param(20, 40, marks=sweep)], ids=["five", "twenty"]
)
def test_texts_that_end_their_process_fail_alone_and_the_cluster_lives(
    station, many, files, tmp_path, settings, brief, deadly, deadline_s
):
    """Several that crash and one that never ends: each named, none tried here; the others are made."""
    source = changed_source(tmp_path, {"audio/voices/tone.py": CRASH})
    poison = {
        f"x-{number:02}.txt": brief.replace("صافية", "سموم") + f"العدد {number}.\n"
        for number in range(deadly)
    }
    asleep = {"y.txt": brief.replace("صافية", "نعاس")}
    folder = station({**many, **poison, **asleep}, patient(settings, 90, deadline_s), name="poison")
    build = Build(folder, "--cluster", "local:2", source=source)
    code, said = build.end()
    assert code == 1, said
    assert "given up" not in said
    assert said.count("ended its process 3 times on the cluster") == deadly
    assert f"articles/y.txt: was not finished within {deadline_s} s on the cluster" in said
    assert {name for name in files(folder) if name.endswith(".mp3")} != set()
    assert sum(name.endswith(".mp3") for name in files(folder)) == 6
    assert build.events[-1]["failed"] == deadly + 1


@slow
@pytest.mark.parametrize(
    ("fault", "patience_s"),
    [pytest.param("killed", 12, marks=sweep), pytest.param("stopped", 12, marks=sweep), ("no worker", 5)],
)
def test_a_scheduler_that_is_gone_or_has_no_worker_is_given_up(
    station, many, inline, files, tmp_path, settings, fault, patience_s
):
    """Killed, cut off (stopped: its port is open and silent), alone: bounded, said, and finished here."""
    source = changed_source(tmp_path, {"audio/voices/tone.py": CRASH})
    folder = station(many, patient(settings, patience_s), name="cut")
    with scheduler(tmp_path) as (process, address):
        arguments = ("--cluster", address, "--store", str(tmp_path / "store"))
        if fault == "no worker":
            code, said = Build(folder, *arguments, source=source).end()
        else:
            with worker(tmp_path, address, source=source):
                build = Build(folder, *arguments, source=source)
                assert build.until(on_the_cluster)
                process.send_signal(signal.SIGKILL if fault == "killed" else signal.SIGSTOP)
                code, said = build.end()
    assert code == 0, said
    assert "the cluster is given up: " in said
    assert without_settings(files(folder)) == without_settings(inline)


@sweep
def test_a_cluster_whose_cable_is_pulled_is_given_up(station, many, inline, files, tmp_path, settings):
    """No reset, no refusal, nothing: scheduler and worker are gone from one moment to the next."""
    source = changed_source(tmp_path, {"audio/voices/tone.py": CRASH})
    folder = station(many, patient(settings, 12) + "plain = true\n", name="pulled")
    elsewhere = Elsewhere()
    try:
        why = elsewhere.open()
        if why:
            pytest.skip(f"this machine gives no network namespace: {why}")
        far = {"host": elsewhere.there, "within": elsewhere.within}
        with (
            scheduler(tmp_path, **far) as (_process, address),
            worker(tmp_path, address, source=source, **far),
        ):
            build = Build(folder, "--cluster", address, "--store", str(tmp_path / "store"), source=source)
            assert build.until(on_the_cluster)
            elsewhere.cut()
            code, said = build.end()
    finally:
        elsewhere.close()
    assert code == 0, said
    assert "the cluster is given up: " in said
    assert without_settings(files(folder)) == without_settings(inline)


@slow
def test_a_slow_store_and_one_article_on_two_machines_at_once_give_one_entry_each(
    station, many, inline, files, run, tmp_path
):
    """Every access takes a tenth of a second, and two builds finish each key at the same time."""
    source = changed_source(tmp_path, {"shelves.py": SLOW})
    store = tmp_path / "store"
    with scheduler(tmp_path) as (_process, address):
        workers = [worker(tmp_path, address, source=source) for _each in range(2)]
        with workers[0], workers[1]:
            builds = []
            for name in ("one", "two"):
                folder = station(many, name=name)
                # A desk of its own, so that neither waits for the other's order.
                with (folder / "nashra.toml").open("a", encoding="utf-8") as file:
                    file.write(f"# {name}\n")
                builds.append(Build(folder, "--cluster", address, "--store", str(store), source=source))
            for build in builds:
                code, said = build.end()
                assert code == 0, said
                assert "given up" not in said
                assert without_settings(files(build.station)) == without_settings(inline)
    names = [path.name for path in store.rglob("*") if path.is_file()]
    assert names
    assert len(set(names)) == len(names)
    assert not [name for name in names if name.endswith(".tmp")]
    assert run(builds[0].station, "cache", "verify", "--shared", "--store", str(store)).code == 0


@slow
def test_all_stations_share_one_cluster(station, many, tmp_path):
    """Two shows, one scheduler and two workers; each worker carries out the orders of both in one process."""
    log = tmp_path / "hands"
    noted = f"    open({str(log)!r}, 'a').write(f'{{os.getpid()}}\\n')\n"
    begun = '    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")\n'
    source = changed_source(tmp_path, {"cluster/hand.py": (begun, noted + begun)})
    for name in ("north", "south"):
        station(many, name=f"agency/{name}")
    agency = tmp_path / "agency"
    command = (sys.executable, "-m", "nashra", "build", "--all", str(agency), "--cluster", "local:2")
    done = subprocess.run(
        command, env=environment(source), capture_output=True, text=True, check=False, timeout=BOUND_S
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{name}: 6 made of 6 articles" for name in ("north", "south")]
    assert "given up" not in done.stderr
    assert len(log.read_text().split()) == 2


@slow
def test_corrections_and_reissues_are_spoken_on_the_cluster_and_kept_sound_is_not(
    station, files, settings, brief
):
    """What the build says of them is what the workers said; `--keep-audio` needs no worker."""
    spoken = settings.replace("spoken = false", "spoken = true")
    results = []
    for name, more in (("local", ("--cluster", "local:1")), ("plain", ())):
        folder = station({"rain.txt": brief, "other.txt": brief.replace("خفيفة", "غزيرة")}, spoken, name=name)
        assert Build(folder).end()[0] == 0
        later = brief.replace("صافية", "غائمة")
        (folder / "articles" / "rain.txt").write_text(later, "utf-8")
        events = []
        for arguments in ((), ("other.txt", "--reissue")):
            build = Build(folder, *arguments, *more)
            code, said = build.end()
            assert code == 0, said
            assert "given up" not in said
            events += build.events
        # What is joined here was all made there: nothing is left that this process had to speak.
        made = [event for event in events if event.get("phase") == "cluster"]
        assert bool(made) == bool(more)
        (folder / "articles" / "rain.txt").write_text(later.replace("الجنوب", "الجنوت"), "utf-8")
        build = Build(folder, "--keep-audio", *more)
        code, said = build.end()
        assert code == 0, said
        assert not [event for event in build.events if event.get("phase") == "cluster"]
        results.append(without_settings(files(folder)))
    assert results[0] == results[1]


@slow
def test_a_worker_without_memory_is_named_and_not_used(station, many, inline, files, tmp_path, settings):
    """It cannot even load what it needs: known before any article is given to it, and no article fails."""
    folder = station(many, patient(settings, 15), name="starved")
    with scheduler(tmp_path) as (_process, address), worker(tmp_path, address) as starved:
        while not list(tmp_path.glob("worker-0/*")):
            time.sleep(0.1)
        time.sleep(2)  # it holds what it needs by itself
        process = psutil.Process(starved.pid)
        process.rlimit(psutil.RLIMIT_AS, (process.memory_info().vms,) * 2)
        code, said = Build(folder, "--cluster", address, "--store", str(tmp_path / "store")).end()
    assert code == 0, said
    assert "is not used: " in said
    assert "given up: no worker can be used" in said
    assert without_settings(files(folder)) == without_settings(inline)


@slow
def test_ctrl_c_ends_a_cluster_and_keeps_what_was_made(station, many, inline, files, tmp_path):
    """Exit code 130, no process left; the same command goes on from there."""
    source = changed_source(tmp_path, {"audio/voices/tone.py": CRASH})
    folder = station(many, name="stopped")
    build = Build(folder, "--cluster", "local:2", source=source)
    assert build.until(lambda event: event.get("done", 0) > 0)
    build.process.send_signal(signal.SIGINT)
    code, said = build.end()
    assert code == 130, said
    assert "the same command goes on from there" in said
    assert list((folder / ".nashra" / "parts").rglob("*.part"))
    code, said = Build(folder, source=source).end()
    assert code == 0, said
    assert files(folder) == inline


@slow
def test_a_worker_of_another_version_is_named_and_not_used(station, many, inline, files, tmp_path):
    """Beside one that is as we are it gets nothing to do; alone, it is given up. The bytes are the same."""
    source = changed_source(tmp_path, {"__init__.py": ('__version__ = "0.1.0"', '__version__ = "9.9.9"')})
    arguments = ("--store", str(tmp_path / "store"))
    with scheduler(tmp_path) as (_process, address), worker(tmp_path, address, source=source) as other:
        alone = station(many, name="alone")
        code, said = Build(alone, "--cluster", address, *arguments).end()
        assert code == 0, said
        assert "is not used: nashra 9.9.9 instead of 0.1.0" in said
        assert "given up: no worker can be used" in said
        assert files(alone) == inline
        with worker(tmp_path, address):
            beside = station(many, name="beside")
            while not list(tmp_path.glob("worker-1/*")):
                time.sleep(0.1)
            build = Build(beside, "--cluster", address, *arguments)
            code, said = build.end()
        assert other.poll() is None
    assert code == 0, said
    assert "is not used: nashra 9.9.9" in said
    assert "given up" not in said
    assert files(beside) == inline


@slow
def test_a_worker_that_sees_another_store_is_not_used(station, brief, tmp_path):
    """A store in the memory of one process is no shared store: said, and made here."""
    folder = station({"rain.txt": brief})
    with scheduler(tmp_path) as (_process, address), worker(tmp_path, address):
        code, said = Build(folder, "--cluster", address, "--store", "memory://store").end()
    assert code == 0, said
    assert "does not see the shared store" in said


@slow
def test_online_voices_are_spoken_only_by_workers_that_have_the_token(station, many, tmp_path):
    """Of two workers here one has it; elsewhere none has, and they are spoken by the build."""
    log = tmp_path / "speakers"
    speak = "    def speak(self, text: str, voice: Voice) -> Clip:\n"
    refusal = '    def refusal(self, _voice, _within_s):\n        return ""\n\n'
    noted = f"        import os\n        open({str(log)!r}, 'a').write(f'{{os.getppid()}}\\n')\n"
    changes = {
        "audio/voices/__init__.py": ('about="tones for tests', 'online=True, about="tones for tests'),
        "audio/voices/tone.py": (speak, refusal + speak + noted),
    }
    source = changed_source(tmp_path, changes)
    build = Build(station(many, name="here"), "--cluster", "local:2", source=source)
    code, said = build.end()
    assert code == 0, said
    assert "given up" not in said
    speakers = {int(line) for line in log.read_text().split()}
    assert len(speakers) == 1
    assert build.process.pid not in speakers

    log.unlink()
    with scheduler(tmp_path) as (_process, address), worker(tmp_path, address, source=source):
        build = Build(
            station(many, name="there"),
            *("--cluster", address, "--store", str(tmp_path / "store")),
            source=source,
        )
        code, said = build.end()
    assert code == 0, said
    assert "no worker has the resource `online`" in said
    assert {int(line) for line in log.read_text().split()} == {psutil.Process().pid}


def test_the_source_is_where_the_tests_think():
    """Copies of Nashra are made of what is tested."""
    assert (SOURCE / "nashra" / "cluster").is_dir()


def test_orders_go_out_as_others_come_back(monkeypatch):
    """Never more than a batch is out, and no worker waits for the last order of one."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(tasks, "introduce", lambda _question, _place: json.dumps({"identity": {}}))
    monkeypatch.setattr(tasks, "perform", lambda *_asked: json.dumps(orders.Answer(clips=1)._asdict()))
    wanted = [orders.Order(f"{number}.txt", b"", Voice("tone", "ar"), "desk") for number in range(11)]
    answered, given = [], []
    watch = running.Watch(
        workers=lambda _many: None,
        progress=lambda _clips, _frames: None,
        answered=lambda order, _answer: answered.append(order),
        said=pytest.fail,
    )
    with distributed.Client(
        processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None
    ) as client:
        submit = client.submit

        def counted(task, *arguments, **named):
            if task is tasks.perform:
                given.append(len(answered))
            return submit(task, *arguments, **named)

        monkeypatch.setattr(client, "submit", counted)
        turn = running.Turn("{}", "{}", {})
        limits = running.Limits(batch=4)
        assert running.run(client, wanted, turn, limits, time.monotonic, watch, lambda: False) == ""
    assert sorted(order.file for order in answered) == sorted(order.file for order in wanted)
    assert given == [0, 0, 1, 1, 2, 2, 4, 4, 6, 6, 8]
