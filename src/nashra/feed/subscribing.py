"""How a visitor becomes a listener: links that open the show in an app, and a code for the phone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from markupsafe import Markup

    from nashra.settings import Show, Subscribe


class App(NamedTuple):
    """A podcast app, and two ways to a show in it: by its address in the app, or by its feed.

    `listed` takes what the owner wrote in `[subscribe]` under `key`; `by_feed` takes any feed. In
    both, {id} is that key's value, {feed} the feed's address quoted, {bare} the same without its
    scheme, {title} the show's title quoted. An app without one of the ways has an empty text.
    """

    name: str
    key: str
    listed: str
    by_feed: str


# The schemes as each app documents them (AntennaPod: "Add on AntennaPod" for podcasters; Overcast: its
# x-callback-url page; Pocket Casts, Castbox, gPodder.net and by Apple's number: podcast-platform-links on
# GitHub). Castbox and Spotify take no feed's address: they are offered once the show is listed there.
APPS = {
    "apple": App("Apple Podcasts", "apple", "https://podcasts.apple.com/podcast/id{id}", "podcast://{bare}"),
    "spotify": App("Spotify", "spotify", "https://open.spotify.com/show/{id}", ""),
    "pocketcasts": App("Pocket Casts", "apple", "https://pca.st/itunes/{id}", "pktc://subscribe/{bare}"),
    "antennapod": App(
        "AntennaPod", "", "", "https://antennapod.org/deeplink/subscribe?url={feed}&title={title}"
    ),
    "overcast": App(
        "Overcast", "apple", "https://overcast.fm/itunes{id}", "overcast://x-callback-url/add?url={feed}"
    ),
    "castbox": App("Castbox", "apple", "https://castbox.fm/vic/{id}", ""),
    "gpodder": App("gPodder", "", "", "https://gpodder.net/subscribe?url={feed}"),
}
"""Every app that `subscribe.apps` may name."""


def named(apps: str) -> tuple[str, ...]:
    """Return the names in a setting such as `apple, overcast`, in its order.

    >>> named("overcast, apple ,")
    ('overcast', 'apple')
    """
    return tuple(filter(None, (name.strip() for name in apps.split(","))))


def links(show: Show, subscribe: Subscribe) -> tuple[tuple[str, str], ...]:
    """Return the apps that can open the show, as (name, address), in the owner's order."""
    found = []
    for name in named(subscribe.apps):
        app = APPS[name]
        own = getattr(subscribe, app.key) if app.key else ""
        pattern = app.listed if own else app.by_feed
        if pattern:
            address = pattern.format(
                id=own,
                feed=quote(show.feed_url, safe=""),
                bare=show.feed_url.partition("://")[2],
                title=quote(show.title, safe=""),
            )
            found.append((app.name, address))
    return tuple(found)


@lru_cache(1)
def phone_code(show: Show) -> Markup:
    """Return a QR code of the show's page as an SVG element, black on white with its quiet zone.

    It leads to the page's buttons and not to the feed: a phone's camera opens addresses in the
    browser, which would show the listener XML.
    """
    import segno  # noqa: PLC0415 only a show's first page has a code; settings know the apps without it
    from markupsafe import Markup  # noqa: PLC0415

    code = segno.make(f"{show.page_url}#subscribe", micro=False, error="m")
    return Markup(code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True))  # noqa: S704 drawn by segno
