"""The heat map's second table: places with something to show, the others by what silence means."""

from locales.catalogue import catalogue
from locales.files import Domain
from monitoring.heat_map import Row, ThemeCell
from monitoring.risk.severity import Weight
from monitoring.risk.unheard import Hearing
from register.particulars import Theme
from web.company.heat_map_page import quiet_places, themes_in_order
from web.company.places import PlaceNames

WORDS = catalogue("en", Domain.DESK)


def row(country: str, hearing: Hearing | None, *themes: Theme) -> Row:
    weight = Weight(gravity=3, scope=3, irremediability=3, likelihood=3)
    cells = (
        ThemeCell(
            id=f"{country}.{theme}",
            theme=theme,
            weight=weight,
            figures=(),
            is_disputed=False,
            is_judged=False,
        )
        for theme in themes
    )
    return Row(
        key=f"country:{country}",
        site_ids=(country,),
        cells=tuple(cells),
        hearings={} if hearing is None else {country: hearing},
    )


def test_quiet_places_stand_by_what_silence_means_and_warnings_first() -> None:
    rows = (
        row("CN", Hearing.QUIET),
        row("IN", Hearing.HEARD, Theme.LIVING_WAGE),
        row("VN", Hearing.UNHEARD),
        row("BR", Hearing.UNHEARD),
        row("TR", None),
    )
    quiet = quiet_places(rows, PlaceNames((), "en", WORDS), WORDS)
    assert [each.is_unheard for each in quiet] == [True, False, False]
    assert ["Brazil" in name for name in quiet[0].names] == [True, False]
    assert "do not know" in quiet[1].hearing
    assert not any("India" in name for each in quiet for name in each.names)


def test_themes_with_something_to_show_come_first_and_all_are_there() -> None:
    themes = themes_in_order((row("IN", None, Theme.LAND_RIGHTS), row("CN", None, Theme.OTHER)))
    assert themes[:2] == (Theme.LAND_RIGHTS, Theme.OTHER)
    assert sorted(themes) == sorted(Theme)
