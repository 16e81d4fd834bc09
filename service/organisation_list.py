"""The organisations whose supply chains are heard about: added and found by name."""

from collections.abc import Iterable

from register.sites import Category, Organisation
from sealing.identifiers import new_id
from service.refusals import Refused
from storage.transaction import SqlTransaction


def add_organisation(
    tx: SqlTransaction,
    *,
    name: str,
    category: Category,
    employees: int | None,
    turnover_eur: int | None,
) -> Organisation:
    """A new organisation. Raises `Refused` for a name that another has: commands go by names."""
    if not name.strip():
        raise Refused("an organisation has a name: --name")
    if any(_same(each, name) for each in tx.sites.organisations()):
        raise Refused(f"there is an organisation called {name.strip()} already")
    organisation = Organisation(
        id=new_id(),
        name=name.strip(),
        category=category,
        employees=employees,
        turnover_eur=turnover_eur,
    )
    tx.sites.put_organisation(organisation)
    return organisation


def organisation_called(tx: SqlTransaction, wanted: str) -> Organisation:
    """The organisation with this name or id. Raises `Refused` where there is none."""
    found = find_organisation(tx.sites.organisations(), wanted)
    if found is None:
        raise Refused(none_called(wanted))
    return found


def find_organisation(organisations: Iterable[Organisation], wanted: str) -> Organisation | None:
    """The one of these with this name or id."""
    return next((each for each in organisations if each.id == wanted or _same(each, wanted)), None)


def none_called(wanted: str) -> str:
    """What to say where there is none."""
    return (
        f"there is no organisation called {wanted}: `gehoor organisations list` shows them, "
        "`gehoor organisations add` makes one"
    )


def _same(organisation: Organisation, name: str) -> bool:
    return organisation.name.casefold() == name.strip().casefold()
