"""Views, one module per aggregate."""
