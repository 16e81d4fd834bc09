"""Kill an installation at random moments, again and again, and see that nothing is lost.

`python -m tests.crash` runs every scene; each module here is one, and says which promises it holds
the installation to.
"""
