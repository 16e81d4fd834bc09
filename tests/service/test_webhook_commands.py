"""Webhooks and addresses of e-mail as an operator types them; what is secret is shown once."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from register.deliveries import MAIL, Delivery, DeliveryState, Notice
from sealing.identifiers import new_id
from service.clock import today
from service.foundations import records
from service.settings import SettingsRefused, read_settings
from tests.service.terminal import Gehoor

ADDRESS = "https://house.example/rooms/SECRETROOM"


def _only_webhook_id(gehoor: Gehoor) -> str:
    found = re.search(r"^([a-z2-7]{26})  house\.example", gehoor("webhooks", "list").out, re.M)
    assert found
    return found[1]


def _dead(line: str) -> Delivery:
    return Delivery(
        id=new_id(),
        line=line,
        notice=Notice.WORK,
        made_on=today(),
        changed_on=today(),
        state=DeliveryState.DEAD,
        tries=17,
    )


def test_a_target_is_added_with_a_secret_that_is_shown_this_once(installed: Gehoor) -> None:
    added = installed("webhooks", "add", ADDRESS)
    assert added.status == 0
    secret = re.search(r"^    (\S{43})$", added.out, re.M)
    assert secret
    listed = installed("webhooks", "list")
    assert "house.example  the house: 0 wait, 0 failed" in listed.out
    assert secret[1] not in listed.out
    assert "SECRETROOM" not in added.out + listed.out


def test_neither_secret_nor_address_stands_anywhere_in_clear(installed: Gehoor, home: Path) -> None:
    added = installed("webhooks", "add", ADDRESS)
    secret = re.findall(r"^    (\S{43})$", added.out, re.M)[0]
    installed("people", "add", "handler", "--name", "Asha", "--generate")
    assert installed("people", "mail", "--name", "asha", "--to", "asha@desk.example").status == 0
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for hidden in (secret, "SECRETROOM", "house.example", "asha@desk.example"):
                assert hidden.encode() not in content, path


def test_a_company_has_its_own(installed: Gehoor) -> None:
    installed("organisations", "add", "--name", "Sample Stone")
    added = installed("webhooks", "add", ADDRESS, "--organisation", "Sample Stone")
    assert added.status == 0
    assert "Sample Stone: 0 wait" in installed("webhooks", "list").out
    assert installed("webhooks", "add", ADDRESS, "--organisation", "Nobody").status == 1


@pytest.mark.parametrize(
    "address", ["http://house.example/in", "house.example", "https://a:b@c.d/"]
)
def test_what_is_no_target_is_refused_with_what_to_write(installed: Gehoor, address: str) -> None:
    said = installed("webhooks", "add", address)
    assert said.status == 1
    assert "cannot be a target" in said.err


def test_one_is_taken_off_with_what_waits(installed: Gehoor) -> None:
    installed("webhooks", "add", ADDRESS)
    webhook = _only_webhook_id(installed)
    assert installed("webhooks", "remove", webhook).status == 0
    assert installed("webhooks", "remove", webhook).status == 1
    assert "There are none yet" in installed("webhooks", "list").out


def test_what_failed_is_sent_again_for_one_or_for_all(installed: Gehoor) -> None:
    installed("webhooks", "add", ADDRESS)
    webhook = _only_webhook_id(installed)
    with records(read_settings()) as kept:
        for line in (webhook, webhook, MAIL):
            kept.write(lambda tx, line=line: tx.deliveries.add(_dead(line)))
    listed = installed("webhooks", "list").out
    assert "0 wait, 2 failed" in listed
    assert "mail: 0 wait, 1 failed" in listed
    assert installed("webhooks", "again", webhook).out.startswith("2 are sent again")
    assert installed("webhooks", "again").out.startswith("1 are sent again")
    assert "nothing to send again" in installed("webhooks", "again").out
    with records(read_settings()) as kept:
        (mail,) = kept.read(lambda tx: tx.deliveries.waiting(MAIL))
    assert mail == replace(mail, tries=0, state=DeliveryState.WAITING)


def test_a_handlers_address_is_kept_changed_and_taken_away(installed: Gehoor) -> None:
    installed("people", "add", "handler", "--name", "Asha", "--generate")
    said = installed("people", "mail", "--name", "Asha", "--to", "asha@desk.example")
    assert "is told by e-mail" in said.out
    assert "GEHOOR_SMTP_URL" in said.out
    assert "gets no e-mail" in installed("people", "mail", "--name", "Asha").out
    for wrong in ("asha", "a@b, c@d.example", "a@b\nBcc: c@d.example", "A <a@b.example>", "é@b.c"):
        assert installed("people", "mail", "--name", "Asha", "--to", wrong).status == 1
    assert installed("people", "mail", "--name", "Nobody", "--to", "a@b.example").status == 1


def test_who_is_retired_gets_no_more_email(installed: Gehoor) -> None:
    installed("people", "add", "handler", "--name", "Asha", "--generate")
    installed("people", "mail", "--name", "Asha", "--to", "asha@desk.example")
    installed("people", "retire", "--name", "Asha")
    with records(read_settings()) as kept:
        (handler,) = kept.read(lambda tx: tx.people.staff()).handlers
        account = kept.read(lambda tx: tx.accounts.get(handler.id))
    assert account is not None
    assert account.mail == ""
    assert "asha@" not in repr(replace(account, mail="asha@desk.example"))


def test_mail_settings_are_checked_and_their_secret_is_not_printed() -> None:
    for wrong in (
        {"GEHOOR_SMTP_URL": "https://SECRET@mail.example", "GEHOOR_MAIL_FROM": "a@b.example"},
        {"GEHOOR_SMTP_URL": "smtps://mail.example"},
        {"GEHOOR_SMTP_URL": "smtps://:SECRET@:465", "GEHOOR_MAIL_FROM": "a@b.example"},
        {"GEHOOR_MAIL_FROM": "desk"},
        {"GEHOOR_MAIL_OPERATOR": "a@b\r\nBcc: c@d.example"},
        {"GEHOOR_DESK_URL": "desk.example"},
    ):
        with pytest.raises(SettingsRefused) as refused:
            read_settings(wrong)
        assert "SECRET" not in str(refused.value)
    settings = read_settings(
        {
            "GEHOOR_SMTP_URL": "smtps://desk:SECRET@mail.example",
            "GEHOOR_MAIL_FROM": "desk@speak.example",
        }
    )
    assert settings.has_mail
    assert "SECRET" not in repr(settings)
    assert settings.desk_link.endswith("/desk")
