"""Reading one address of the web: safely, within limits, and politely.

An article's links are written by strangers. Whatever they say, no host inside this network is asked
unless the owner named it, no answer is unpacked without end, and no site is asked faster than it
wishes. Proxies named in the environment are not used: a proxy looks names up by itself, so that
the address it asks could not be checked here. Import this where it is used: it loads ssl.
"""

from nashra.fetching.answer import Fetched
from nashra.fetching.fetcher import Fetcher
from nashra.fetching.limits import LIMITS, Kind, Limits
from nashra.fetching.manners import user_agent

__all__ = ["LIMITS", "Fetched", "Fetcher", "Kind", "Limits", "user_agent"]
