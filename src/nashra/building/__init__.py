"""What `build` does, step by step: what is due, how it is read, who says it, and its record."""
