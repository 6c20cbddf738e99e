"""Articles from outside into a station: files, links, and what sites publish."""
