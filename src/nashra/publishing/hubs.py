"""Telling a WebSub hub that the feed changed (W3C WebSub, section 7), so that apps need not ask."""

from __future__ import annotations

from nashra.errors import PublishingError
from nashra.publishing.target import shown

_SECONDS = 20


def tell(hub: str, feed_url: str) -> None:
    """Tell a hub; raises PublishingError when it does not take it."""
    import requests  # noqa: PLC0415 only for who has a hub

    then = "it will be told the next time; the feed itself is published"
    try:
        answer = requests.post(
            hub, data={"hub.mode": "publish", "hub.url": feed_url}, timeout=_SECONDS, allow_redirects=False
        )
    except requests.RequestException as failure:
        raise PublishingError(
            f"the hub does not answer: {type(failure).__name__}", where=shown(hub), then=then
        ) from failure
    if not 200 <= answer.status_code < 300:
        raise PublishingError(f"the hub answers {answer.status_code}", where=shown(hub), then=then)
