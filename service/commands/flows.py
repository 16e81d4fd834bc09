"""`gehoor flows …`: conversations as files, looked at before anybody talks to them."""

from pathlib import Path
from typing import Annotated

import typer

from service.commands.saying import say
from service.refusals import Refused

flows = typer.Typer(name="flows", help="The conversations that can be held.", no_args_is_help=True)


@flows.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="YAML files; without any, all flows in use.")
    ] = None,
) -> None:
    """Say every fault with file, row and reason, missing translations included."""
    from service.flow_check import check_flows, files_in_use
    from service.settings import read_settings

    chosen = tuple(files) if files else files_in_use(read_settings())
    faults = check_flows(chosen)
    if faults:
        raise Refused(*map(str, faults))
    say(f"{len(chosen)} flows, no fault, and every text in every language.")
