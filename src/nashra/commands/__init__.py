"""The commands of `nashra`, a module for each kind: arguments in, lines out."""
