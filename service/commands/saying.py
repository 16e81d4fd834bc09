"""Writes to the terminal for all commands. The only place that does."""

import typer


def say(line: str = "", *, is_fault: bool = False) -> None:
    """One line, at once; faults go to standard error."""
    typer.echo(line, err=is_fault)


def say_all(*lines: str) -> None:
    """Several lines."""
    for line in lines:
        say(line)


def qr(address: str) -> str:
    """The address as a QR code made of block letters, light on dark as terminals are."""
    import io

    import segno

    drawn = io.StringIO()
    segno.make(address, error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue().rstrip("\n")
