"""How much our pages cost: `make bench`; docs/bench.md says how to read it."""
