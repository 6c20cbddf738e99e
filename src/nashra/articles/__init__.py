"""From a file's bytes to an Article."""
