"""Settings come from the environment; every fault is told at once."""

from pathlib import Path

import pytest

from register.clocks import TIMETABLE
from register.spans import Span
from service.settings import SettingsRefused, read_settings


def test_no_setting_is_needed() -> None:
    settings = read_settings({})
    assert settings.web_port == 8080
    assert settings.effective_database_url.startswith("sqlite:///")


def test_what_is_set_is_used() -> None:
    settings = read_settings(
        {
            "GEHOOR_HOME": "/srv/gehoor",
            "GEHOOR_WEB_PORT": "9000",
            "GEHOOR_KEY_RING_COMMAND": "vault read ring",
        }
    )
    assert settings.home == Path("/srv/gehoor")
    assert settings.public_url == "http://127.0.0.1:9000"
    assert settings.key_ring_command == ("vault", "read", "ring")


def test_a_program_and_a_scanner_are_looked_at_before_anybody_needs_them() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings({"GEHOOR_FFMPEG": "/nowhere/ffmpeg", "GEHOOR_CLAMD": "clamav"})
    told = "\n".join(refused.value.faults)
    assert "GEHOOR_FFMPEG: should be the whole path of a program that may be run, or off" in told
    assert "GEHOOR_CLAMD: should be the path of a socket" in told
    for value in ("", "off", "/bin/sh"):
        assert read_settings({"GEHOOR_FFMPEG": value}).ffmpeg == value
    for value in ("", "/run/clamav/clamd.ctl", "127.0.0.1:3310"):
        assert read_settings({"GEHOOR_CLAMD": value}).clamd == value


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(
            {
                "GEHOOR_WEB_PORT": "many",
                "GEHOOR_EXIT_URL": "javascript:alert(1)",
                "GEHOOR_SMALLEST_CELL": "2",
                "GEHOOR_WBE_HOST": "0.0.0.0",
            }
        )
    told = "\n".join(refused.value.faults)
    assert len(refused.value.faults) == 4
    assert "GEHOOR_WEB_PORT" in told
    assert "GEHOOR_EXIT_URL" in told
    assert "GEHOOR_SMALLEST_CELL" in told
    assert "did you mean GEHOOR_WEB_HOST" in told


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(SettingsRefused, match="GEHOOR_TELEGRAM_WEBHOOK_SECRET"):
        read_settings({"GEHOOR_TELEGRAM_WEBHOOK_URL": "https://hear.example/telegram"})


def test_secrets_do_not_show() -> None:
    settings = read_settings({"GEHOOR_TELEGRAM_TOKEN": "12:very-secret"})
    assert "very-secret" not in repr(settings)


def test_a_faulty_secret_is_not_repeated() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings({"GEHOOR_TELEGRAM_TOKEN": "12:very-secret", "GEHOOR_WEB_PORT": "-1"})
    assert "very-secret" not in "\n".join(refused.value.faults)


def test_a_webhooks_faults_are_told_beside_all_others() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(
            {
                "GEHOOR_WEB_PORT": "many",
                "GEHOOR_TELEGRAM_WEBHOOK_URL": "https://speak.example/hook",
            }
        )
    told = "\n".join(refused.value.faults)
    assert len(refused.value.faults) == 3
    assert "GEHOOR_TELEGRAM_WEBHOOK_SECRET" in told
    assert "begin with /telegram/" in told


def test_periods_are_those_of_the_rules_unless_set() -> None:
    timetable = read_settings({}).timetable
    assert timetable == TIMETABLE
    sooner = read_settings(
        {
            "GEHOOR_ACKNOWLEDGE_DAYS": "3",
            "GEHOOR_FEEDBACK_MONTHS": "2",
            "GEHOOR_ERASE_IDENTITY_DAYS": "30",
            "GEHOOR_KEEP_ACCOUNT_DAYS": "180",
            "GEHOOR_KEEP_RECORD_YEARS": "5",
        }
    ).timetable
    assert sooner.acknowledge == Span(days=3)
    assert sooner.feedback == Span(months=2)
    assert sooner.erase_identity == Span(days=30)
    assert (sooner.erase_account_after_days, sooner.keep_record_years) == (180, 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GEHOOR_ACKNOWLEDGE_DAYS", "8"),
        ("GEHOOR_FEEDBACK_MONTHS", "4"),
        ("GEHOOR_ERASE_IDENTITY_DAYS", "90"),
        ("GEHOOR_KEEP_ACCOUNT_DAYS", "366"),
        ("GEHOOR_KEEP_ACCOUNT_DAYS", "20"),
        ("GEHOOR_KEEP_RECORD_YEARS", "4"),
        ("GEHOOR_KEEP_RECORD_YEARS", "8"),
    ],
)
def test_no_period_is_longer_than_reporters_are_promised_nor_breaks_the_law(
    name: str, value: str
) -> None:
    with pytest.raises(SettingsRefused, match=name):
        read_settings({name: value})
