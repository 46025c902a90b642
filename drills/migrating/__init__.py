"""Migrations at size beside people who use the portal: whether anybody notices."""
