"""PDF files: posters and awareness kits, which are gathered here, and what officers take away."""
