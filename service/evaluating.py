"""What the evaluation hears of this installation: its way to complain, and what was decided.

Only what the settings and the keys prove; everything else is read from the shelves
(`monitoring.evaluation.mechanism_facts`).
"""

from collections.abc import Mapping
from dataclasses import replace

from locales.languages import LANGUAGES
from monitoring.evaluation.framework import Denominator, Framework
from monitoring.evaluation.mechanism_facts import MechanismSetup
from monitoring.evaluation.score import ScoringSettings
from monitoring.evaluation.scoring import settings_of
from sealing.key_ring import KeyRing
from service.settings import Settings

_DENOMINATORS: Mapping[str, Denominator] = {
    "declared": Denominator.DECLARED,
    "sum": Denominator.MAXIMA,
}


def mechanism_setup(settings: Settings, key_ring: KeyRing) -> MechanismSetup:
    """The way to complain as it is switched on here.

    The pages tell everybody the time limits and that no right is lost (G7, G8), and take reports
    from anybody (G2); so they have done since the installation's oldest key was made.
    """
    return MechanismSetup(
        languages=frozenset(language.code for language in LANGUAGES),
        entries=1 + bool(settings.telegram_token.get_secret_value()),
        is_open_to_outsiders=True,
        limits_published=min(key.made for key in key_ring.keys),
        keeps_court_rights=True,
    )


def scoring_settings(settings: Settings, framework: Framework) -> ScoringSettings:
    """As the framework's file proposes, with the total that the operator chose (S2)."""
    chosen = _DENOMINATORS[settings.score_denominator]
    return replace(settings_of(framework), denominator=chosen)
