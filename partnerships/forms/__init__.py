"""Forms, one module per aggregate."""
