"""Tags as rows of a table, and the one function that writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from nashra.feed.plain import plain, untagged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Value = str | Callable[[Any], str]
    """What stands in a tag: the same for all, or asked of what the row is said of."""

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
}


class Row(NamedTuple):
    """A tag: its name, its text, its attributes and the tags inside, constant or asked of what it is said of.

    A row is said once of every thing that `each` gives of the channel or item. One whose first value
    (the text, else the first attribute) is empty is not written, nor is an attribute that is empty.
    """

    name: str
    text: Value | None = None
    attributes: dict[str, Value] = {}  # noqa: RUF012 a NamedTuple's default, never changed
    inside: tuple[Row, ...] = ()
    each: Callable[[Any], Iterable[Any]] = lambda thing: (thing,)


def write(rows: Iterable[Row], thing: Any, parent: Any) -> None:  # noqa: ANN401 what the rows are said of; an lxml element
    """Append the tags that the rows say of a thing to an element."""
    for row in rows:
        for said in row.each(thing):
            text = None if row.text is None else _value(row.text, said)
            values = {name: _value(value, said) for name, value in row.attributes.items()}
            first = next(iter(values.values()), "-") if text is None else text
            if not first:
                continue
            prefix, _, name = row.name.partition(":")
            kept = {name: value for name, value in values.items() if value}
            element = etree.SubElement(parent, f"{{{NAMESPACES[prefix]}}}{name}", kept)
            element.text = untagged(text) if text else None
            write(row.inside, said, element)


def _value(value: Value, said: Any) -> str:  # noqa: ANN401 as above
    return plain(value if isinstance(value, str) else value(said))
