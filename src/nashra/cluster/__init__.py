"""Articles spoken on many machines: small orders go through Dask, the sound through the shared store."""
