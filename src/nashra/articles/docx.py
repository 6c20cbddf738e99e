"""A Word file as blocks: its heading styles, bold lines, lists and tables."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import Block, Facts
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.table import Table
    from docx.text.paragraph import Paragraph

_MOST_BYTES = 50_000_000
"""Bytes of text and styles unpacked: an article has some hundred thousand; a bomb has gigabytes."""

_HEADING = pattern(r"heading (\d)", re.IGNORECASE)


def document(raw: bytes, where: str) -> tuple[tuple[Block, ...], Facts]:
    """Return the blocks of a Word file (.docx) and what its properties say.

    A paragraph of the style Title is the title, or without one the first of Heading 1; the others are
    headings. Raises ArticleError for
    a file that is no Word file, is damaged, or unpacks to more than 50 MB.
    """
    from docx import Document  # noqa: PLC0415 only Word files need it

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            _check_size(packed, where)
        found = Document(io.BytesIO(raw))
        blocks = tuple(_blocks(found.iter_inner_content()))
    except ArticleError:
        raise
    except Exception as broken:  # python-docx lets KeyError, ValueError and lxml's errors through
        raise ArticleError(
            "cannot be read as a Word file", where=where, then="save it again as .docx, or as plain text"
        ) from broken
    return blocks, Facts()


def _check_size(packed: zipfile.ZipFile, where: str) -> None:
    size = sum(each.file_size for each in packed.infolist() if each.filename.endswith(".xml"))
    if size > _MOST_BYTES:
        raise ArticleError(
            f"unpacks to more than {_MOST_BYTES // 1_000_000} MB",
            where=where,
            then="copy its text into a new file",
        )


def _blocks(content: Iterator[Paragraph | Table]) -> Iterator[Block]:
    line = 0
    for each in content:
        if hasattr(each, "rows"):
            for row in each.rows:
                line += 1
                # A merged cell is given once for each column that it covers.
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                text = "، ".join(filter(None, cells))
                if text:
                    yield Block(text, line, item=True)
            continue
        line += 1
        for text in each.text.split("\n"):
            if text.strip():
                yield Block(" ".join(text.split()), line, _level(each), _bold(each), _listed(each))


def _level(paragraph: Paragraph) -> int:
    name = (paragraph.style.name if paragraph.style else "") or ""
    heading = _HEADING.match(name)
    if heading:
        return min(int(heading[1]), 6)
    return 1 if name == "Title" else 0


def _bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _listed(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr  # noqa: SLF001 python-docx tells of numbering nowhere else
    style = (paragraph.style.name if paragraph.style else "") or ""
    return style.startswith("List") or (properties is not None and properties.numPr is not None)
