"""A person takes over at the running product: chat and text, with the trained assistant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.journeys.agents import CLOSED, OPEN, Agent, set_clock
from tests.journeys.conftest import Resident, Staff
from tests.journeys.phones import text_phone
from tests.product import Product

MOVE = [
    ("direction", "from one plymouth home to another"),
    ("name", "Jane O'Brien"),
    ("contact", "07700 900123"),
    ("old_address", "14 Elm Road, PL4 7AA"),
]


def hands_over_in_mid_form(agent: Agent, resident: Resident, staff: Staff) -> None:
    """A house move that an agent helps with, from its first word to the case."""
    resident.says("I'm moving house")
    resident.tells(MOVE)
    assert resident.asked == "new_address"
    resident.says("can I speak to a person please")
    assert resident.heard[-1]["mode"] == "queued"
    assert "minutes" in resident.text
    row = agent.row(resident.conversation_id)
    assert row["service"] == "house_move"
    handoff = agent.accepts(resident.conversation_id)
    heard = resident.news()
    assert heard["mode"] == "agent"
    assert agent.name in heard["messages"][-1]["text"]
    agent.says(handoff, "Hello Jane, where are you moving to?")
    assert resident.says("to number 7 oak street") == []
    answer = agent.http.patch(
        f"/queue/{handoff}/fields",
        json={"field": "new_address", "value": "7 Oak Street, PL2 1AB"},
    )
    assert answer.status_code == 200, answer.text
    seen = [m for m in resident.news()["messages"] if "7 Oak Street" in m["text"]]
    assert any(m["from"] != "resident" for m in seen)
    assert agent.does(handoff, "return").status_code == 200
    heard = resident.news()
    assert heard["mode"] == "bot"
    resident.heard = heard["messages"]
    assert resident.asked == "move_date"
    resident.tells(
        [
            ("move_date", "12 December"),
            ("tenure", "renting it from a private landlord"),
            ("landlord", "skip"),
            ("other_adults", "just me"),
            ("account_ref", "skip"),
            ("services_to_tell", "bins"),
            ("confirm", "yes"),
        ]
    )
    case = staff.case(resident.refs[0])
    assert case["fields"]["new_address"]["postcode"] == "PL2 1AB"
    assert case["field_details"]["new_address"]["source"] == "agent"
    assert case["fields"]["old_address"]["postcode"] == "PL4 7AA"


def test_a_chat_is_handed_over_in_mid_form_and_back(
    agents: tuple[Agent, Agent], resident: Resident, staff: Staff
) -> None:
    hands_over_in_mid_form(agents[0], resident, staff)


def reach_for_the_same(agents: tuple[Agent, Agent], resident: Resident) -> None:
    """Both accept at once: one has it and the other is told so."""
    resident.says("I want to talk to a real person")
    handoff = agents[0].row(resident.conversation_id)["id"]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda agent: agent.does(handoff, "accept"), agents))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    winner = agents[0] if answers[0].status_code == 200 else agents[1]
    assert winner.does(handoff, "close").status_code == 200
    assert resident.news()["mode"] == "closed"


def test_of_two_agents_at_once_one_wins_and_the_other_is_told(
    agents: tuple[Agent, Agent], resident: Resident
) -> None:
    reach_for_the_same(agents, resident)


def test_the_queue_is_in_order_and_danger_comes_first(
    agents: tuple[Agent, Agent], product: Product
) -> None:
    first, second, third = (Resident(product.address) for _ in range(3))
    for one in (first, second):
        one.says("I want to talk to a real person")
    third.says("my husband hits me and I'm scared of him")
    third.says("yes please")
    ours = {one.conversation_id for one in (first, second, third)}
    order = [row["conversation_id"] for row in agents[0].queue() if row["conversation_id"] in ours]
    assert order == [third.conversation_id, first.conversation_id, second.conversation_id]
    second.picks("callback")
    assert second.news()["mode"] == "bot"
    first.picks("go_on")
    assert first.news()["mode"] == "bot"
    handoff = agents[0].accepts(third.conversation_id)
    agents[0].does(handoff, "close")


def test_a_text_conversation_is_taken_over(
    agents: tuple[Agent, Agent], product: Product, staff: Staff
) -> None:
    agent, _ = agents
    phone = text_phone(product, "+447700900999")
    said = phone.text("I need to talk to a person")
    assert "minutes" in " ".join(said)
    (talk,) = staff.get("/conversations", **{"from": "+447700900999"})
    handoff = agent.accepts(talk["id"])
    agent.says(handoff, "Hello, this is Asha. How can I help?")
    assert phone.text("my bins are a mess") == []
    transcript = staff.get(f"/conversations/{talk['id']}")["messages"]
    assert [m["from"] for m in transcript[-2:]] == ["agent", "resident"]
    assert agent.does(handoff, "close").status_code == 200


def test_out_of_hours_a_callback_is_arranged_instead(
    agents: tuple[Agent, Agent], resident: Resident, staff: Staff, product: Product
) -> None:
    set_clock(product, CLOSED)
    try:
        resident.says("I want to talk to a real person")
        assert resident.heard[-1]["mode"] == "bot"
        while resident.asked in {"name", "phone", "about"}:
            resident.says({"name": "Sam Lee", "phone": "07700 900123"}.get(
                str(resident.asked), "my council tax"))  # fmt: skip
        assert resident.asked == "when"
        resident.picks(resident.heard[-1]["choices"][0]["value"])
        if resident.asked != "confirm":
            resident.says("my council tax")
        resident.says("yes")
        assert staff.case(resident.refs[0])["service"] == "callback"
    finally:
        set_clock(product, OPEN)


def prepares(resident: Resident) -> None:
    """All that the matter of a child's special needs takes, as it is asked."""
    resident.says("my son has special educational needs and the school won't help")
    told = {"name": "Priya Shah", "contact": "07700 900123", "summary": "he needs more support"}
    while resident.asked in told:
        resident.says(told[str(resident.asked)])


def test_what_is_for_a_person_is_prepared_and_an_agent_opens_its_case(
    agents: tuple[Agent, Agent], resident: Resident, staff: Staff
) -> None:
    prepares(resident)
    assert resident.heard[-1]["mode"] == "queued"
    handoff = agents[0].accepts(resident.conversation_id)
    answer = agents[0].does(handoff, "case")
    assert answer.status_code == 200, answer.text
    case = staff.case(answer.json()["ref"])
    assert (case["service"], set(case["fields"])) == (
        "special_educational_needs", {"name", "contact", "summary"},
    )  # fmt: skip
    assert resident.news()["messages"][-1]["case_refs"] == [case["ref"]]
    assert agents[0].does(handoff, "close").status_code == 200


def test_out_of_hours_what_is_for_a_person_has_its_own_case_and_a_call(
    agents: tuple[Agent, Agent], resident: Resident, staff: Staff, product: Product
) -> None:
    set_clock(product, CLOSED)
    try:
        prepares(resident)
        assert resident.asked == "when"
        resident.picks(resident.heard[-1]["choices"][0]["value"])
        resident.says("yes")
        case = staff.case(resident.refs[0])
        assert (case["service"], case["team"]) == ("special_educational_needs", "education")
        assert [staff.case(ref)["service"] for ref in case["children"]] == ["callback"]
    finally:
        set_clock(product, OPEN)


def test_nothing_is_lost_when_the_server_is_restarted(
    agents: tuple[Agent, Agent], resident: Resident, product: Product
) -> None:
    resident.says("my bin wasn't emptied at 14 Elm Road PL4 7AA")
    resident.says("I want to talk to a real person")
    handoff = agents[0].accepts(resident.conversation_id)
    product.kill("the web server")
    product.start("the web server")
    assert resident.news()["mode"] == "agent"
    agents[0].says(handoff, "I am still here.")
    assert resident.news()["messages"][-1]["text"] == "I am still here."
    assert agents[0].does(handoff, "return").status_code == 200
    resident.heard = resident.news()["messages"]
    assert resident.asked == "bin_type"
