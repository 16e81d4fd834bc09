"""A case and signals of it, for tests to change."""

from datetime import date

import pytest

from register.case import Case, CaseStatus
from register.log import LogTip
from register.particulars import Particulars, People, Theme
from register.routing import Urgency


@pytest.fixture
def a_case() -> Case:
    return Case(
        ref="c" * 26,
        status=CaseStatus.RECEIVED,
        particulars=Particulars(site_id="s" * 26, theme=Theme.HEALTH_SAFETY, people=People.MANY),
        language="hi",
        urgency=Urgency.NORMAL,
        filed_on=date(2026, 4, 20),
        moved_on=date(2026, 4, 20),
        log=LogTip(length=1, digest="0" * 64),
    )
