"""Posters and awareness kits as PDF files: what is on them is gathered here, and then printed."""
