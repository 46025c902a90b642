"""What is found by its words."""

from search.models.entries import SearchEntry

__all__ = ["SearchEntry"]
