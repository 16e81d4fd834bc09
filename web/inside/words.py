"""Names of codes as people read them, for the desk and for officers. Tables alone."""

from collections.abc import Mapping

from locales.marking import N_
from register.classification import RootCause
from register.particulars import Group, Theme

# translators: the theme of a grievance, as a heading in a table.
THEME_WORDS: Mapping[Theme, str] = {
    Theme.DISCRIMINATION_GENDER: N_("Discrimination and gender"),
    Theme.CHILD_LABOUR: N_("Child labour"),
    Theme.FORCED_LABOUR: N_("Forced labour"),
    Theme.LIVING_WAGE: N_("Living wage"),
    Theme.FREEDOM_OF_ASSOCIATION: N_("Freedom of association"),
    Theme.HEALTH_SAFETY: N_("Health and safety"),
    Theme.LAND_RIGHTS: N_("Land rights"),
    Theme.LIVING_ENVIRONMENT: N_("Living environment"),
    Theme.OTHER: N_("Something else"),
}

GROUP_WORDS: Mapping[Group, str] = {
    Group.WOMEN: N_("Women"),
    Group.MEN: N_("Men"),
    Group.MIXED: N_("Women and men"),
    Group.CHILDREN: N_("Children"),
    Group.MIGRANTS: N_("Migrants"),
    Group.UNSAID: N_("Not said"),
}

ROOT_CAUSE_WORDS: Mapping[RootCause, str] = {
    RootCause.PRICE_PRESSURE: N_("Buyers press the price"),
    RootCause.LATE_CHANGES: N_("Buyers change orders late"),
    RootCause.LATE_PAYMENT: N_("Buyers pay late"),
    RootCause.SUPPLIER_HOPPING: N_("Buyers go from supplier to supplier"),
    RootCause.SITE_MANAGEMENT: N_("How the site is run"),
    RootCause.MISSING_MEANS: N_("No money, tools or training to do it well"),
    RootCause.LAW_NOT_ENFORCED: N_("The law is not kept, and nobody looks"),
    RootCause.CUSTOM: N_("It was always done so"),
}
