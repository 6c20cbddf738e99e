"""Open pages load themselves anew under `nashra watch`: a script that only the server puts in."""

from __future__ import annotations

from nashra.serving.answering import ALWAYS, Answer
from nashra.serving.kinds import ASK_FIRST

SCRIPT = "nashra-watch.js"
"""Its path: no page of a station has such a name, and a page's own rules allow scripts of its server only."""

# A page asks for its own tag, and for those of its style sheets, which are hashes of their contents: it loads
# itself when they change, and not when another page does. While a build takes a file away, it waits; while
# somebody listens, too. Where a sound was stopped is kept: a page of many players does not remember it.
_CODE = b"""\
(() => {
  const sounds = () => [...document.querySelectorAll("audio")];
  const places = "nashra-watch:" + location.pathname;
  const stopped = JSON.parse(sessionStorage.getItem(places) || "{}");
  sessionStorage.removeItem(places);
  for (const sound of sounds()) if (!sound.currentTime) sound.currentTime = stopped[sound.src] || 0;
  const again = () => {
    const now = sounds().map((sound) => [sound.src, sound.currentTime]);
    sessionStorage.setItem(places, JSON.stringify(Object.fromEntries(now)));
    location.reload();
  };
  const styles = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href);
  const tag = async (address) => {
    const answer = await fetch(address, { method: "HEAD", cache: "no-store" });
    return answer.ok ? answer.headers.get("ETag") : "";
  };
  let known = "";
  const look = async () => {
    try {
      const tags = await Promise.all([location.pathname, ...styles].map(tag));
      if (tags.every(Boolean)) {
        const changed = known && known !== tags.join();
        if (changed && sounds().every((sound) => sound.paused)) return again();
        known = known || tags.join();
      }
    } catch {}
    setTimeout(look, 700);
  };
  look();
})();
"""
_TAG = f'<script src="/{SCRIPT}" defer></script>'.encode()

_HEADERS = (
    ("Content-Type", "text/javascript; charset=utf-8"),
    ("Cache-Control", ASK_FIRST),
    ("Content-Length", str(len(_CODE))),
)
ANSWERS = {SCRIPT: Answer(200, (*ALWAYS, *_HEADERS), words=_CODE)}
"""What is served beside the station."""


def injected(path: str, data: bytes) -> bytes:
    """Return a text as it is served: a page with the script, all else as it was.

    >>> injected("feed/index.html", b"<body>x</body>")
    b'<body>x<script src="/nashra-watch.js" defer></script></body>'
    >>> injected("feed/feed.xml", b"<rss></rss>")
    b'<rss></rss>'
    """
    if not path.endswith(".html"):
        return data
    before, end, after = data.rpartition(b"</body>")
    return before + _TAG + end + after if end else data + _TAG
