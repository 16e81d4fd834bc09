"""What is on its way outside is kept sealed, changed only as it was read, and forgotten in time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from register.alerts import Alert, AlertKind
from register.deliveries import (
    MAIL,
    Delivery,
    DeliveryFault,
    DeliveryState,
    Notice,
    delivered,
    gathered,
)
from register.routing import Urgency
from register.webhooks import Webhook
from sealing.identifiers import new_id
from storage.tables import DELIVERIES, WEBHOOKS
from tests.storage.ground import TODAY, Ground, organisation

NOW = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)


def delivery(line: str = MAIL, **more: object) -> Delivery:
    made = Delivery(
        id=new_id(),
        line=line,
        notice=Notice.WORK,
        made_on=TODAY,
        changed_on=TODAY,
        to="asha" if line == MAIL else None,
        again_at=NOW,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


def webhook(organisation_id: str | None = None) -> Webhook:
    return Webhook(
        id=new_id(),
        organisation_id=organisation_id,
        address="https://house.example/in",
        secret="a" * 43,
        added_on=TODAY,
    )


def test_what_waits_is_given_back_by_line(ground: Ground) -> None:
    mail, post = delivery(), delivery(new_id())
    with ground.writing() as tx:
        tx.deliveries.add(mail)
        tx.deliveries.add(post)
    with ground.reading() as tx:
        assert tx.deliveries.waiting(MAIL) == (mail,)
        assert tx.deliveries.waiting(post.line) == (post,)
        assert sorted(tx.deliveries.lines()) == sorted((MAIL, post.line))
        assert tx.deliveries.counts() == {DeliveryState.WAITING: 2}


def test_one_that_changed_since_it_was_read_stays_as_it_is(ground: Ground) -> None:
    mail = delivery()
    more = gathered(mail, Notice.WORK)
    with ground.writing() as tx:
        tx.deliveries.add(mail)
        assert tx.deliveries.replace(mail, more)
        assert not tx.deliveries.replace(mail, delivered(mail, TODAY))
        assert tx.deliveries.waiting(MAIL) == (more,)
        tx.deliveries.drop(mail.id)
        assert not tx.deliveries.replace(more, delivered(more, TODAY))


def test_what_is_dead_is_shown_and_begins_again_once(ground: Ground) -> None:
    dead = delivery(state=DeliveryState.DEAD, tries=17, fault=DeliveryFault.LATE, again_at=None)
    with ground.writing() as tx:
        tx.deliveries.add(dead)
        tx.deliveries.add(delivery(new_id(), state=DeliveryState.DEAD))
        assert tx.deliveries.dead(line=MAIL) == (dead,)
        assert len(tx.deliveries.dead()) == 2
        assert tx.deliveries.again(dead.id, TODAY)
        assert not tx.deliveries.again(dead.id, TODAY)
        assert not tx.deliveries.again(new_id(), TODAY)
        (again,) = tx.deliveries.waiting(MAIL)
        assert (again.id, again.tries, again.fault) == (dead.id, 0, None)


def test_what_arrived_is_forgotten_and_what_is_dead_is_not(ground: Ground) -> None:
    with ground.writing() as tx:
        tx.deliveries.add(delivered(delivery(), TODAY - timedelta(days=8)))
        tx.deliveries.add(delivered(delivery(), TODAY))
        tx.deliveries.add(
            delivery(state=DeliveryState.DEAD, changed_on=TODAY - timedelta(days=400))
        )
        assert tx.deliveries.forget_delivered(TODAY - timedelta(days=7)) == 1
        assert tx.deliveries.counts() == {DeliveryState.DELIVERED: 1, DeliveryState.DEAD: 1}


def test_a_webhook_goes_with_all_that_was_on_its_way_there(ground: Ground) -> None:
    company = organisation()
    house, theirs = webhook(), webhook(company.id)
    with ground.writing() as tx:
        tx.sites.put_organisation(company)
        tx.webhooks.put(house)
        tx.webhooks.put(theirs)
        tx.deliveries.add(delivery(theirs.id))
        tx.deliveries.add(delivery(house.id))
    with ground.writing() as tx:
        assert {each.id for each in tx.webhooks.every()} == {house.id, theirs.id}
        assert tx.webhooks.get(theirs.id) == theirs
        assert tx.webhooks.remove(theirs.id)
        assert not tx.webhooks.remove(theirs.id)
        assert tx.deliveries.lines() == (house.id,)


def test_a_thief_of_the_tables_reads_neither_address_secret_nor_moment(ground: Ground) -> None:
    hook = webhook()
    with ground.writing() as tx:
        tx.webhooks.put(hook)
        tx.deliveries.add(delivery(hook.id))
        tx.deliveries.add(delivery())
    with ground.engine.connect() as connection:
        rows = [
            *connection.execute(DELIVERIES.select()).all(),
            *connection.execute(WEBHOOKS.select()).all(),
        ]
    for telling in (hook.address, "house.example", hook.secret, "asha", "09:30", "work"):
        assert telling not in str(rows)


def test_alerts_that_others_see_to_are_left_in_the_outbox(ground: Ground) -> None:
    answer, work = (
        Alert(kind=kind, case_ref=new_id(), urgency=Urgency.NORMAL)
        for kind in (AlertKind.ANSWER, AlertKind.NEW_CASE)
    )
    with ground.writing() as tx:
        tx.outbox.put(answer, TODAY)
        tx.outbox.put(work, TODAY)
        assert [each for _, each in tx.outbox.due(TODAY, but={AlertKind.ANSWER})] == [work]
        assert len(tx.outbox.due(TODAY)) == 2


def test_a_lease_that_is_given_back_can_be_taken_again_at_once(ground: Ground) -> None:
    lasts = timedelta(minutes=5)
    with ground.writing() as tx:
        take = tx.leases.take
        assert take("to.mail", period="always", holder="a", now=NOW, lasts=lasts)
        assert not take("to.mail", period="always", holder="b", now=NOW, lasts=lasts)
        assert not tx.leases.release("to.mail", holder="b")
        assert tx.leases.release("to.mail", holder="a")
        assert take("to.mail", period="always", holder="b", now=NOW, lasts=lasts)
        assert take("to.mail", period="always", holder="a", now=NOW + lasts, lasts=lasts)
