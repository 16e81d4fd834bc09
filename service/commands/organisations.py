"""`gehoor organisations …`: companies whose supply chains are heard about."""

from typing import Annotated

import typer

from service.commands.saying import say

organisations = typer.Typer(
    name="organisations",
    help="Companies whose supply chains are heard about. They hold no keys.",
    no_args_is_help=True,
)


@organisations.command("add")
def add(
    name: Annotated[str, typer.Option(help="What the company is called.")],
    category: Annotated[str, typer.Option(help="C: imports from risk countries; B: not.")] = "C",
    employees: Annotated[int | None, typer.Option(min=0, help="How many staff.")] = None,
    turnover: Annotated[int | None, typer.Option(min=0, help="Per year, in euros.")] = None,
) -> None:
    """Add a company."""
    from register.sites import Category
    from service.foundations import records
    from service.organisation_list import add_organisation
    from service.refusals import Refused
    from service.settings import read_settings

    if category.upper() not in set(Category):
        raise Refused(f"--category is {' or '.join(Category)}, not {category}")
    with records(read_settings()) as kept:
        added = kept.write(
            lambda tx: add_organisation(
                tx,
                name=name,
                category=Category(category.upper()),
                employees=employees,
                turnover_eur=turnover,
            )
        )
    say(f"Added {added.name} ({added.id}).")


@organisations.command("list")
def show() -> None:
    """Show all companies."""
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        found = kept.read(
            lambda tx: [(each, tx.sites.sites_of(each.id)) for each in tx.sites.organisations()]
        )
    for organisation, sites in sorted(found, key=lambda pair: pair[0].name.casefold()):
        say(f"{organisation.id}  {organisation.category}  {organisation.name}: {len(sites)} sites")
    if not found:
        say("There are none yet. Add one: gehoor organisations add --name NAME")
