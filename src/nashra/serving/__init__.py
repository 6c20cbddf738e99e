"""The station over HTTP: which answer for which request, which files may be seen, and the engine."""
