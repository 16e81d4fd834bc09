"""What did not arrive is shown to handlers with who and why, and can be sent again."""

from intake.ports import Transaction
from register.deliveries import MAIL, Delivery, DeliveryFault, DeliveryState, Notice
from register.webhooks import Webhook
from sealing.identifiers import new_id
from tests.house import ASHA, BEN
from tests.web.inside_house import Inside


async def did_not_arrive(inside: Inside, line: str = MAIL, to: str | None = None) -> Delivery:
    """A delivery that was tried for two days."""
    made = Delivery(
        id=new_id(),
        line=line,
        notice=Notice.WORK_TODAY,
        made_on=inside.house.clock.today,
        changed_on=inside.house.clock.today,
        to=to,
        state=DeliveryState.DEAD,
        tries=17,
        fault=DeliveryFault.INNER_ADDRESS if line != MAIL else DeliveryFault.SIGN_IN,
    )
    await inside.house.database.transaction(lambda tx: tx.deliveries.add(made))
    return made


async def test_where_everything_arrived_the_desk_says_nothing_of_it(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    assert "/desk/unsent" not in (await asha.goes("/desk")).html
    assert "Every message arrived" in (await asha.goes("/desk/unsent")).text


async def test_who_was_not_told_and_why_and_no_more(inside: Inside) -> None:
    hook = Webhook(
        id=new_id(),
        organisation_id=None,
        address="https://house.example/SECRETROOM",
        secret="b" * 43,
        added_on=inside.house.clock.today,
    )
    await inside.house.database.transaction(lambda tx: tx.webhooks.put(hook))
    await did_not_arrive(inside, to=BEN.id)
    await did_not_arrive(inside)
    await did_not_arrive(inside, hook.id)
    asha = await inside.signs_in(ASHA.id)
    assert "/desk/unsent" in (await asha.goes("/desk")).html
    page = await asha.goes("/desk/unsent")
    assert f"E-mail to {BEN.name}" in page.text.replace("\u2068", "").replace("\u2069", "")
    assert "E-mail to the operator" in page.text
    assert "house.example" in page.text
    assert "leads into our own network" in page.text
    for hidden in ("SECRETROOM", hook.secret, "@"):
        assert hidden not in page.text


async def test_one_is_sent_again_or_all(inside: Inside) -> None:
    one, other = await did_not_arrive(inside, to=BEN.id), await did_not_arrive(inside)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes("/desk/unsent")
    page = await inside.posts(asha, "/desk/unsent", delivery=one.id)
    assert page.status == 200
    assert "It is sent again." in page.text
    waiting = await inside.house.database.read(lambda tx: tx.deliveries.waiting(MAIL))
    assert [each.id for each in waiting] == [one.id]
    for delivery in ("none", "", new_id(), one.id):
        await inside.posts(asha, "/desk/unsent", delivery=delivery)
    assert [each.id for each in await inside.house.database.read(_dead_ones)] == [other.id]
    await inside.posts(asha, "/desk/unsent", delivery="all")
    assert await inside.house.database.read(_dead_ones) == ()


def _dead_ones(tx: Transaction) -> tuple[Delivery, ...]:
    return tx.deliveries.dead()
