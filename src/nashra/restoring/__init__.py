"""A station's records, made again from its live feed and the files that stand there."""
