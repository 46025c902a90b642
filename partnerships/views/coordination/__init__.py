"""The coordinator's pages of a partnership, under /coordinatie/<slug>/."""
