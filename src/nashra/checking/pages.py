"""A page as a browser reads it: what it links to, what it loads, what it says of itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nashra.checking.built import Page, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINKED = {
    ("a", "href"): False,
    ("area", "href"): False,
    ("link", "href"): False,
    ("meta", "content"): False,
    ("input", "value"): False,
    ("img", "src"): True,
    ("audio", "src"): True,
    ("video", "src"): True,
    ("source", "src"): True,
    ("track", "src"): True,
    ("iframe", "src"): True,
    ("script", "src"): True,
    ("embed", "src"): True,
    ("object", "data"): True,
}
"""Where addresses stand, and whether a browser asks for them by itself."""

_LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "preconnect"}
"""Relations of `<link>` that a browser acts upon."""

_TEXTS = {"meta", "input"}
"""Elements of whose values only whole addresses of the station are meant."""


def page(name: str, raw: bytes, base_url: str) -> Page:
    """Return the addresses in a page, in a JSON file or in the site map.

    >>> page("feed/a.json", b'["https://a.org/x", "<a href=https://b.org>"]', "https://a.org/").references
    (Reference(address='https://a.org/x', line=1, loaded=False),)
    """
    try:
        text = raw.decode("utf-8")
        if name.endswith(".html"):
            return _html(name, text, base_url)
        said = "\n".join(_strings(json.loads(text))) if name.endswith(".json") else text
    except UnicodeDecodeError as broken:
        return Page(name, (), fault=f"is not UTF-8 at byte {broken.start}", is_html=name.endswith(".html"))
    except (ValueError, RecursionError) as broken:
        return Page(name, (), fault=f"is no JSON: {broken}", is_html=False)
    return Page(name, tuple(_inside(said, base_url, 1)), is_html=False)


def _html(name: str, text: str, base_url: str) -> Page:
    from lxml import etree, html  # noqa: PLC0415 only the checks need it here

    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError as broken:
        return Page(name, (), fault=f"is no page: {broken}")
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    fault = ""
    references = [found for each in elements for found in _references(each, base_url)]
    for each in elements:
        if each.tag == "script" and each.get("type") == "application/ld+json":
            try:
                said = "\n".join(_strings(json.loads(each.text or "")))
            except (ValueError, RecursionError) as broken:
                fault = f"has JSON-LD that is no JSON: {broken}"
            else:
                references += _inside(said, base_url, each.sourceline or 0)
    return Page(
        name,
        tuple(references),
        frozenset(each.get("id") for each in elements if each.get("id")),
        root.get("lang", ""),
        root.get("dir", ""),
        (root.findtext("head/title") or "").strip(),
        fault,
    )


def _references(element: Any, base_url: str) -> Iterator[Reference]:  # noqa: ANN401 an lxml element
    line = element.sourceline or 0
    for attribute, value in element.attrib.items():
        loaded = _LINKED.get((element.tag, attribute))
        if loaded is None:
            continue
        if element.tag in _TEXTS:
            yield from _inside(value, base_url, line)
        else:
            acted = element.tag == "link" and bool(_LOADED & set(element.get("rel", "").split()))
            yield Reference(value.strip(), line, loaded or acted)


def _inside(text: str, base_url: str, line: int) -> Iterator[Reference]:
    for found in re.finditer(re.escape(base_url) + r"[^\s\"'<>]*", text):
        yield Reference(found[0], line)


def _strings(said: Any) -> Iterator[str]:  # noqa: ANN401 whatever the file says
    if isinstance(said, str):
        yield said
    elif isinstance(said, list | dict):
        for each in said.values() if isinstance(said, dict) else said:
            yield from _strings(each)
