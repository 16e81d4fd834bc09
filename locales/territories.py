"""Which of our languages are official in a country, by CLDR. Called where posters are made."""

from babel.languages import get_official_languages

from locales.languages import SOURCE, best_language


def languages_spoken_in(country: str) -> tuple[str, ...]:
    """Our languages that are official in a country (ISO 3166-1 alpha-2), the foremost first.

    Empty where it has none of them. Official is not spoken: who lives there knows better.
    """
    found = []
    for tag in get_official_languages(country, de_facto=True):
        code = best_language((tag,))
        if code != SOURCE or tag == SOURCE:
            found.append(code)
    return tuple(dict.fromkeys(found))
