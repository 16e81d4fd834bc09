"""Whether this machine can make PDF files; tests that print are left out where it cannot."""

import pytest


def _can_print() -> bool:
    try:
        import weasyprint  # noqa: F401 - only whether it is there
    except OSError:
        return False
    return True


needs_pango = pytest.mark.skipif(not _can_print(), reason="needs Pango: make printing")
