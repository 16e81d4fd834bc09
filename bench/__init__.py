"""Measures how fast and how small the product is. `python -m bench --help`; nothing imports it."""
