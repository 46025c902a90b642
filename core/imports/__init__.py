"""Lists that people hand in: read, checked, written as they were shown, taken back (docs/conventions/imports.md)."""
