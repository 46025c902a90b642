"""The same all at once, as it was done before there were rules: the planted fault."""
