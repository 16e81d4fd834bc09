"""`gehoor routing …`: to whom a report would go, before there is one."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.saying import say
from service.refusals import Refused

if TYPE_CHECKING:
    from register.particulars import Particulars

routing = typer.Typer(name="routing", help="To whom a report goes, and why.", no_args_is_help=True)


@routing.callback()
def _routing() -> None:
    """To whom a report goes, and why."""


@routing.command("try")
def try_it(
    theme: Annotated[str, typer.Option(help="What it is about, such as living_wage.")],
    language: Annotated[str, typer.Option(help="In which it is told, such as hi.")],
    site: Annotated[str, typer.Option(help="The site's code; empty: it names none.")] = "",
    danger: Annotated[str, typer.Option(help="Is somebody in danger: yes, no, unsure.")] = "",
    child: Annotated[
        bool, typer.Option("--child", help="It is about a child or about trafficking.")
    ] = False,
    punished: Annotated[
        str, typer.Option(help="Was somebody punished for speaking: yes, no, afraid.")
    ] = "",
    appeal: Annotated[bool, typer.Option("--appeal", help="It is an appeal.")] = False,
) -> None:
    """Say who would get such a report. Nothing is sent or kept."""
    from locales.languages import LANGUAGES
    from register.routing import Purpose
    from service.clock import today
    from service.foundations import records
    from service.routing_trial import trial_lines, try_routing
    from service.settings import read_settings

    codes = [each.code for each in LANGUAGES]
    if language not in codes:
        raise Refused(f"--language: {language} is no language of ours; they are {', '.join(codes)}")
    particulars = _particulars(theme, danger, punished, is_child=child)
    with records(read_settings()) as kept:
        trial = kept.read(
            lambda tx: try_routing(
                tx,
                particulars,
                site_code=site,
                language=language,
                today=today(),
                purpose=Purpose.APPEAL if appeal else Purpose.INTAKE,
            )
        )
    for line in trial_lines(trial):
        say(line)


def _particulars(theme: str, danger: str, punished: str, *, is_child: bool) -> "Particulars":
    from register.particulars import CLOSED_SETS, Particulars, ParticularsRefused

    given = {"theme": theme, "danger": danger, "retaliation": punished}
    codes = {code: answer for code, answer in given.items() if answer}
    read = Particulars.from_codes({**codes, "child_or_trafficking": "yes" if is_child else "no"})
    if isinstance(read, ParticularsRefused):
        options = {"retaliation": "punished"}
        raise Refused(
            *(
                f"--{options.get(code, code)} is one of {', '.join(CLOSED_SETS[code])}"
                for code, _ in read.faults
            )
        )
    return read
