"""Families of generated archives. Each family is a function (rnd, markers) -> (file name, bytes)."""
