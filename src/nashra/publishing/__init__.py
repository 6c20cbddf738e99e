"""Bringing a built station to where its listeners find it: everything first, the feed last."""
