"""Handlers' own work on a case: two pairs of eyes, classification, plans, papers, colleagues."""

from dataclasses import replace
from datetime import timedelta

from flows.submission import AccountEntry
from flows.values import Text
from register.case import Actor, CaseStatus, RelationKind
from register.classification import Involvement, RootCause
from register.papers import PaperKind
from register.particulars import Theme
from register.people import Role
from register.readers import WhyJoining, let_in
from register.remedy import Judgement
from sealing.opening import can_open
from tests.house import ASHA, BEN, URSULA
from tests.web.inside_house import Filed, Inside
from tests.web.visiting import Visiting

MOVE = "Do it and write it into the log"
NOTE = "CANARY-NOTE call the union first"
GRADES = {"gravity": "4", "scope": "3", "irremediability": "5", "likelihood": "4"}


async def decided_by_asha(inside: Inside, filed: Filed) -> Visiting:
    asha = await inside.signs_in(ASHA.id)
    for step in ("acknowledge", "assess", "investigate", "find_founded:facts_established"):
        await asha.goes(filed.address)
        await asha.presses(MOVE, move=step)
    return asha


async def test_one_handler_proposes_and_another_decides(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await decided_by_asha(inside, filed)
    assert (await inside.case(filed.case.ref)).status is CaseStatus.INVESTIGATING
    assert "Somebody else who reads this case has to say the same" in asha.page.text
    again = await asha.presses(MOVE, move="find_founded:facts_established")
    assert again.status == 422
    assert "proposed already" in again.text
    ben = await inside.signs_in(BEN.id)
    await ben.goes(filed.address)
    assert "Asha Sample" in ben.page.text
    page = await ben.presses("I say the same: decide")
    assert "Done, and written into the log." in page.text
    case = await inside.case(filed.case.ref)
    assert case.status is CaseStatus.FOUNDED
    assert case.proposal is None


async def test_whoever_disagrees_drops_the_proposal_or_proposes_otherwise(inside: Inside) -> None:
    filed = await inside.filed()
    await decided_by_asha(inside, filed)
    ben = await inside.signs_in(BEN.id)
    await ben.goes(filed.address)
    await ben.presses(MOVE, move="find_unfounded:facts_refuted")
    case = await inside.case(filed.case.ref)
    assert case.status is CaseStatus.INVESTIGATING
    assert case.proposal is not None
    assert case.proposal.by == BEN.id
    await ben.presses("Drop the proposal")
    assert (await inside.case(filed.case.ref)).proposal is None


async def test_of_two_handlers_who_decide_at_once_the_second_is_told(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await decided_by_asha(inside, filed)
    ben = await inside.signs_in(BEN.id)
    await ben.goes(filed.address)
    await asha.goes(filed.address)
    await asha.presses("Drop the proposal")
    page = await ben.presses("I say the same: decide")
    assert page.status == 409
    assert (await inside.case(filed.case.ref)).status is CaseStatus.INVESTIGATING


async def test_a_classification_is_counted_and_what_was_told_stays(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses(
        "Keep the classification",
        theme="forced_labour",
        also_living_wage="yes",
        cause_price_pressure="yes",
        involvement="contribute",
        reasons="Passports are kept. CANARY-REASON",
        involvement_reasons="It paid late, twice. CANARY-TIED",
        **GRADES,
    )
    assert "The case is classified." in page.text
    assert "CANARY-REASON" in page.text
    assert "CANARY-TIED" in page.text
    assert "The company contributes" in page.text
    assert "Buyers press the price" in page.text
    case = await inside.case(filed.case.ref)
    made = case.classification
    assert made is not None
    assert made.themes == (Theme.FORCED_LABOUR, Theme.LIVING_WAGE)
    assert made.root_causes == {RootCause.PRICE_PRESSURE}
    assert made.involvement is Involvement.CONTRIBUTE
    assert made.as_told.theme is Theme.HEALTH_SAFETY
    assert case.theme is Theme.FORCED_LABOUR


async def test_a_classification_without_grades_or_reasons_is_refused(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Keep the classification", reasons="Because.")
    assert page.status == 422
    assert "choose a step on each" in page.text
    page = await asha.presses("Keep the classification", reasons="", **GRADES)
    assert page.status == 422
    assert (await inside.case(filed.case.ref)).classification is None


async def test_how_a_company_is_tied_to_it_needs_reasons_that_are_sealed(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    chosen = {"involvement": "linked", "cause_custom": "yes", "also_other": "yes", **GRADES}
    page = await asha.presses("Keep the classification", reasons="Grave.", **chosen)
    assert page.status == 422
    assert "Please write why the company is tied to it so" in page.text
    assert 'href="#involvement_reasons"' in page.html
    # What was chosen stands in the form again.
    assert (await inside.case(filed.case.ref)).classification is None
    page = await asha.presses(
        "Keep the classification", involvement_reasons="Through a trader. CANARY-TIED"
    )
    assert page.status == 200
    made = (await inside.case(filed.case.ref)).classification
    assert made is not None
    assert made.involvement is Involvement.LINKED
    assert made.root_causes == {RootCause.CUSTOM}
    assert made.themes[1:] == (Theme.OTHER,)
    papers = await inside.house.database.read(lambda tx: tx.papers.of_case(filed.case.ref))
    assert [each.kind for each in papers] == [PaperKind.CLASSIFICATION, PaperKind.INVOLVEMENT]
    assert all(b"CANARY-TIED" not in each.envelope.encode() for each in papers)
    assert can_open(papers[1].envelope, papers[1].part, inside.house.identities[BEN.id])
    assert not can_open(papers[1].envelope, papers[1].part, inside.house.identities[URSULA.id])
    assert [reason for _, reason in await inside.log(filed.case.ref)][-2:] == [
        "classification",
        "involvement",
    ]


async def test_what_was_said_of_the_tie_stays_until_it_changes(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    tied = {"involvement": "linked", "involvement_reasons": "Through a trader."}
    await asha.presses("Keep the classification", reasons="Grave.", **tied, **GRADES)
    page = await asha.presses("Keep the classification", reasons="Graver.", involvement_reasons="")
    assert page.status == 200
    changed = {"involvement": "cause", "involvement_reasons": " "}
    page = await asha.presses("Keep the classification", reasons="Gravest.", **changed)
    assert page.status == 422
    gone = {"involvement": "", "involvement_reasons": ""}
    page = await asha.presses("Keep the classification", reasons="Gravest.", **gone)
    assert page.status == 422
    long = {"involvement": "cause", "involvement_reasons": "x" * 20_001}
    page = await asha.presses("Keep the classification", reasons="Gravest.", **long)
    assert (page.status, "This is too long." in page.text) == (422, True)
    case = await inside.case(filed.case.ref)
    assert case.classification is not None
    assert case.classification.involvement is Involvement.LINKED


async def test_a_measure_is_planned_done_and_judged_by_those_harmed(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await decided_by_asha(inside, filed)
    ben = await inside.signs_in(BEN.id)
    await ben.goes(filed.address)
    await ben.presses("I say the same: decide")
    await asha.goes(filed.address)
    today = inside.house.clock.today
    planned = {"remedy": "compensation", "owner": "company", "measure": "Pay what was kept back."}
    late = await asha.presses(
        "Put it into the plan", due=str(today + timedelta(days=4000)), **planned
    )
    assert late.status == 422
    past = await asha.presses("Put it into the plan", due=str(today - timedelta(1)), **planned)
    assert past.status == 422
    page = await asha.presses("Put it into the plan", due=str(today + timedelta(90)), **planned)
    assert "The measure is in the plan." in page.text
    assert "Pay what was kept back." in page.text
    await asha.presses("It is done")
    await asha.presses("Note it", step="not_put_right")
    (measure,) = (await inside.case(filed.case.ref)).measures
    assert measure.done_on == today
    assert measure.judged is Judgement.NOT_PUT_RIGHT


async def test_nothing_is_planned_before_it_is_found_to_be_so(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    due = str(inside.house.clock.today + timedelta(days=30))
    page = await asha.presses(
        "Put it into the plan", remedy="apology", owner="site", due=due, measure="Say sorry."
    )
    assert page.status == 422
    assert "A plan begins once" in page.text


async def test_a_note_is_for_those_who_read_the_case_alone(inside: Inside) -> None:
    filed = await inside.filed()
    asha, ben = await inside.signs_in(ASHA.id), await inside.signs_in(BEN.id)
    await asha.goes(filed.address)
    await asha.presses("Seal and keep", paper=NOTE, kind="note")
    assert NOTE in (await ben.goes(filed.address)).text
    (paper,) = await inside.house.database.read(lambda tx: tx.papers.of_case(filed.case.ref))
    identities = inside.house.identities
    assert can_open(paper.envelope, paper.part, identities[BEN.id])
    assert not can_open(paper.envelope, paper.part, identities[URSULA.id])
    kept = b"".join(path.read_bytes() for path in inside.house.home.rglob("*") if path.is_file())
    assert b"CANARY-NOTE" not in kept


async def test_an_extract_with_a_name_that_was_given_is_refused(inside: Inside) -> None:
    name = AccountEntry(path="contact_name", label=Text(msgid="Your name"), value="Ravi Kumar")
    filed = await inside.filed(name, told="Ravi saw it on 12 March 2026, call 0141-2345678")
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(f"{filed.address}/extract")
    assert "[…] saw it on […], call […]" in page.html
    refused = await asha.presses("Seal and keep", paper="KUMAR saw it in spring.")
    assert refused.status == 422
    assert "A name that the reporter gave is still in it" in refused.text
    assert "KUMAR saw it in spring." in refused.text
    page = await asha.presses("Seal and keep", page=refused, paper="It was seen in spring.")
    assert "It was seen in spring." in page.text


async def test_a_colleague_who_is_let_in_reads_everything_from_then_on(inside: Inside) -> None:
    filed = await inside.filed()
    asha, ursula = await inside.signs_in(ASHA.id), await inside.signs_in(URSULA.id)
    assert (await ursula.goes(filed.address)).status == 404
    await asha.goes(filed.address)
    await asha.presses("Seal and keep", paper=NOTE, kind="note")
    await asha.presses("Seal it anew", colleague=URSULA.id, how="also")
    page = await ursula.goes(filed.address)
    assert NOTE in page.text
    assert "every" in page.text
    assert (await inside.case(filed.case.ref)).handler_ids == tuple(
        sorted((ASHA.id, BEN.id, URSULA.id))
    )


async def test_the_log_says_who_was_let_in_and_why_where_they_are_of_another_team(
    inside: Inside,
) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Seal it anew", colleague=URSULA.id, how="also")
    entry = page.html[page.html.index("Another handler reads it as well") :]
    assert URSULA.name in entry[: entry.index("</li>")]

    def let_another_in(tx: object) -> None:
        case = replace(tx.cases.get(filed.case.ref), handler_ids=(ASHA.id, BEN.id))
        actor = Actor(role=Role.HANDLER, id=ASHA.id)
        done = let_in(
            case,
            URSULA.id,
            tx.people.staff(),
            actor,
            inside.house.clock.today,
            why=WhyJoining.LANGUAGE_NEEDED,
        )
        tx.cases.keep(done.case, done.entry)

    await inside.house.database.transaction(let_another_in)
    page = await asha.goes(filed.address)
    entry = page.html[page.html.index("Another handler reads it as well") :]
    assert "A language is needed" in entry[: entry.index("</li>")]


async def test_who_hands_a_case_over_can_no_longer_open_it(inside: Inside) -> None:
    filed = await inside.filed()
    asha, ursula = await inside.signs_in(ASHA.id), await inside.signs_in(URSULA.id)
    await asha.goes(filed.address)
    await asha.presses("Seal and keep", paper=NOTE, kind="note")
    await asha.presses("Seal it anew", colleague=URSULA.id, how="instead")
    assert (await asha.goes(filed.address)).status == 404
    assert NOTE in (await ursula.goes(filed.address)).text
    (paper,) = await inside.house.database.read(lambda tx: tx.papers.of_case(filed.case.ref))
    assert not can_open(paper.envelope, paper.part, inside.house.identities[ASHA.id])


async def test_somebody_with_a_tie_is_not_offered_and_not_let_in(inside: Inside) -> None:
    filed = await inside.filed()
    asha, ursula = await inside.signs_in(ASHA.id), await inside.signs_in(URSULA.id)
    await ursula.goes("/desk/ties")
    await ursula.presses("Declare it", tie="site", subject="RJ3")
    page = await asha.goes(filed.address)
    assert URSULA.id not in page.html
    refused = await inside.posts(
        asha, f"{filed.address}/colleague", colleague=URSULA.id, how="also"
    )
    assert refused.status == 422
    assert "They cannot read this case" in refused.text


async def test_two_cases_are_tied_without_joining_their_reporters(inside: Inside) -> None:
    one, two = await inside.filed(), await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(one.address)
    await asha.presses("Tie them together", other=two.case.ref[:6], relation="duplicate")
    first, second = await inside.case(one.case.ref), await inside.case(two.case.ref)
    assert [(each.kind, each.ref) for each in first.relations] == [
        (RelationKind.DUPLICATE, second.ref)
    ]
    assert [each.ref for each in second.relations] == [first.ref]
    assert first.reporter_tag != second.reporter_tag
    await asha.goes(two.address)
    await asha.presses("Untie")
    assert (await inside.case(one.case.ref)).relations == ()


async def test_a_case_that_is_not_mine_cannot_be_tied_to(inside: Inside) -> None:
    mine, theirs = await inside.filed(), await inside.filed(danger="yes")
    asha = await inside.signs_in(ASHA.id)
    assert ASHA.id not in theirs.case.handler_ids
    await asha.goes(mine.address)
    page = await asha.presses("Tie them together", other=theirs.case.ref, relation="related")
    assert page.status == 422
    assert "no such case among those that you read" in page.text


async def test_a_saved_letter_begins_in_the_reporters_language(inside: Inside) -> None:
    filed = await inside.filed(language="nl")
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(f"{filed.address}?reply=looking")
    assert "We zoeken het nu uit." in page.text
    assert (await asha.goes(f"{filed.address}?reply=nonsense")).status == 200
