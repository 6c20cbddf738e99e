"""What the documents point at is there: files, headings, modules, keys."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").rglob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")
CODE = re.compile(r"^(?: {4}|\t).*$|```.*?```", re.MULTILINE | re.DOTALL)
PYTHON = [path.as_posix() for top in ("src", "tests", "benchmarks") for path in (ROOT / top).rglob("*.py")]


def shown(document: Path) -> str:
    return str(document.relative_to(ROOT))


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_every_link_between_documents_leads_somewhere(document):
    """A relative link names a file or folder that is there, and a heading that it has."""
    text = CODE.sub("", document.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = document.parent / path if path else document
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_every_module_that_a_document_names_exists(document):
    """`name.py`, or the end of its path, is a file of the package, of the tests or of the benchmarks."""
    for path in set(re.findall(r"(?<![\w./*<-])(?:\w+/)*\w+\.py\b", document.read_text("utf-8"))):
        assert any(f"/{file}".endswith(f"/{path}") for file in PYTHON), path


def test_every_document_is_named_in_readme():
    """Nobody has to look into docs/ to know what there is to read."""
    told = set(re.findall(r"\]\(docs/([\w-]+\.md)\)", README[README.index("## Where to go next") :]))
    assert told == {path.name for path in (ROOT / "docs").glob("*.md")}


def test_architecture_has_a_paragraph_for_every_package():
    """The table of packages is the folders of src/nashra."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    told = re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE)
    assert sorted(told) == sorted(
        path.parent.name for path in (ROOT / "src" / "nashra").glob("*/__init__.py")
    )
