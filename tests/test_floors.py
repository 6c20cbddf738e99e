"""The floors of docs/architecture.md: who may import whom, and who may touch the world."""

import ast
from pathlib import Path

import pytest

import nashra

ROOT = Path(nashra.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

# Ground first, a bar between two floors. A name stands for a module or a whole package.
NAMES = """
    errors __init__ |
    model settings folders store |
    together |
    guarding kept locking |
    arabic |
    articles announcement script audio feed |
    setting_rules configuration |
    station stations |
    records pictures redirects shelves sounds |
    last_feed strands turns catalogue publication caching fetching parsing comparing |
    building |
    cluster retention intake |
    build |
    checking inspecting examining moving saying starting wording verifying withdrawing hosting publishing
    restoring |
    serving edits |
    commands |
    cli |
    __main__
"""
FLOORS = tuple(set(floor.split()) for floor in NAMES.split("|"))
# The spoken form of a sentence is asked of `arabic`, and tags are text: these look only downwards.
APART = ({"articles", "audio"}, {"articles", "feed"}, {"audio", "feed"})

# What reaches the world, and the modules whose business it is.
WORLD = {
    "os",
    "sys",
    "subprocess",
    "socket",
    "ssl",
    "requests",
    "http",
    "time",
    "random",
    "tempfile",
    "shutil",
    "threading",
}
WORLDLY = {
    "folders",
    "store",
    "together",
    "kept",
    "locking",
    "cli",
    "commands.articles",
    "commands.building",
    "commands.checking",
    "commands.correcting",
    "commands.examining",
    "commands.inspecting",
    "commands.pruning",
    "commands.moving",
    "commands.publishing",
    "commands.pulling",
    "commands.verifying",
    "verifying.disk",
    "commands.live",
    "commands.serving",
    "commands.stations",
    "stations",
    "shelves",
    "commands.cache",
    "commands.cluster",
    "cluster.beside",
    "cluster.hand",
    "cluster.hands",
    "cluster.opening",
    "cluster.outstanding",
    "cluster.running",
    "commands.options",
    "commands.reporting",
    "__main__",
    "audio.voices.ensemble",
    "audio.voices.espeak",
    "audio.voices.espeak_worker",
    "audio.voices.google",
    "audio.voices.google_client",
    "fetching.answer",
    "fetching.connection",
    "fetching.fetcher",
    "fetching.outcome",
    "serving.binding",
    "serving.listing",
    "serving.shelf",
    "publishing.hubs",
    "publishing.programs",
    "publishing.ssh",
    "audio.voices.pacing",
    "audio.voices.piper",
    "audio.voices.piper_files",
    "audio.voices.piper_worker",
    "audio.voices.worker",
}
CALLS = {
    "Path",
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "now",
    "today",
    "getenv",
    "cwd",
}


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(file: Path) -> set[str]:
    """Modules that a file imports at run time; what only type checkers read does not count."""
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def floor_of(top: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if top in floor)


def test_every_module_has_a_floor():
    tops = {name_of(file).split(".")[0] for file in FILES}
    assert tops == set().union(*FLOORS)
    assert len(FILES) > 30


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_module_imports_only_from_the_floors_below_its_own(file):
    top = name_of(file).split(".")[0]
    others = {each.split(".")[1] for each in imported(file) if each.startswith("nashra.")}
    others = {other for other in others if (ROOT / other).is_dir() or (ROOT / f"{other}.py").is_file()}
    for other in others - {top}:
        assert floor_of(other) <= floor_of(top), f"{top} imports {other} from a floor above"
        assert {top, other} not in APART, f"{top} imports {other}"


@pytest.mark.parametrize("file", [file for file in FILES if name_of(file) not in WORLDLY], ids=name_of)
def test_a_pure_module_keeps_off_clock_files_and_network(file):
    reached = {each.split(".")[0] for each in imported(file)} & WORLD
    assert not reached, f"{name_of(file)} imports {reached}"
    # The station's own modules name paths and hand them to the store; the rest does not even that.
    if floor_of(name_of(file).split(".")[0]) < floor_of("station"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called == "open" and isinstance(node.func, ast.Attribute):
                    continue  # Pillow's, of bytes in memory: a Path has no business here at all
                assert called not in CALLS, f"{name_of(file)}:{node.lineno} calls {called}"
