"""Loads the demo region from demo/data/: one module per part, in the order of `load`."""

from demo.seed.load import load

__all__ = ["load"]
