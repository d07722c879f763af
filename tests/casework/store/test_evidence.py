"""Records of evidence, links for sending it and pictures to be fetched, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.conversations import Channel, Needed, Upload, Utterance
from casework.domain.errors import Conflict, NotFound
from casework.domain.evidence import Evidence, MediaType, PictureToFetch, Scan, UploadLink
from tests.casework.store.records import NOW, case, conversation, message


def evidence(name: str = "e1", **changes: Any) -> Evidence:
    """A photo of conversation c1 without a case."""
    plain = Evidence(
        id=name,
        conversation_id="c1",
        case_ref=None,
        media_type=MediaType.JPEG,
        size=12,
        sha256=f"kept-{name}",
        original_sha256=f"sent-{name}",
        stored_name=f"file-{name}",
        received_at=NOW,
        channel=Channel.WEB,
        scan=Scan.CLEAN,
    )
    return replace(plain, **changes)


def link(hashed: str = "h1", **changes: Any) -> UploadLink:
    return replace(UploadLink(hashed, "10000012", "c1", NOW, NOW + timedelta(days=7)), **changes)


def picture(name: str = "MM1:0", **changes: Any) -> PictureToFetch:
    return replace(PictureToFetch(name, "c1", "https://carrier/1", NOW, NOW), **changes)


@pytest.fixture
def begun(store: Any) -> Any:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.cases.add(case())
    return store


def test_what_was_taken_is_kept_in_order(begun: Any) -> None:
    first, second = evidence("e1", case_ref="10000012"), evidence("e2", case_ref="10000012")
    with begun.begin() as work:
        work.evidence.add(first)
        work.evidence.add(second)
        work.evidence.add(evidence("e3"))
    with begun.begin(reading=True) as work:
        assert work.evidence.get("e1") == first
        assert work.evidence.of_case("10000012") == [first, second]
        assert work.evidence.without_case("c1") == [evidence("e3")]


def test_an_id_or_a_name_is_used_once(begun: Any) -> None:
    with begun.begin() as work:
        work.evidence.add(evidence())
        with pytest.raises(Conflict):
            work.evidence.add(evidence(stored_name="file-other"))
        with pytest.raises(Conflict):
            work.evidence.add(evidence("e2", stored_name="file-e1"))


def test_what_came_before_the_case_goes_to_it_and_stays_there(begun: Any) -> None:
    with begun.begin() as work:
        work.evidence.add(evidence("e1"))
        work.evidence.add(evidence("e2", conversation_id="c2"))
        assert work.evidence.attach("c1", "10000012", None) == 1
        assert work.evidence.attach("c1", "10000020", None) == 0
    with begun.begin(reading=True) as work:
        assert [one.id for one in work.evidence.of_case("10000012")] == ["e1"]
        assert [one.id for one in work.evidence.without_case("c2")] == ["e2"]


def test_what_has_no_case_yet_goes_on_with_the_matter(begun: Any) -> None:
    with begun.begin() as work:
        work.evidence.add(evidence("e1"))
        work.evidence.add(evidence("e2", case_ref="10000012"))
        work.evidence.hand_over("c1", "c2", "d1", "d2")
        assert [one.id for one in work.evidence.without_case("c2")] == ["e1"]
        assert work.evidence.get("e2").conversation_id == "c1"


def test_what_was_sent_for_one_form_is_no_part_of_another(begun: Any) -> None:
    with begun.begin() as work:
        work.evidence.add(evidence("e1", draft_id="d1"))
        work.evidence.add(evidence("e2"))
        assert [one.id for one in work.evidence.unclaimed(5)] == ["e1", "e2"]
        assert work.evidence.attach("c1", "10000012", "d2") == 1
        work.evidence.hand_over("c1", "c2", "d2", "d3")
        assert work.evidence.get("e1") == evidence("e1", draft_id="d1")
        work.evidence.hand_over("c1", "c2", "d1", "d3")
    with begun.begin(reading=True) as work:
        assert [one.id for one in work.evidence.of_case("10000012")] == ["e2"]
        assert work.evidence.get("e1").draft_id == "d3"
        assert work.evidence.without_case("c2") == work.evidence.unclaimed(5)


def test_a_record_is_removed_once(begun: Any) -> None:
    with begun.begin() as work:
        work.evidence.add(evidence())
        work.evidence.remove("e1")
        work.evidence.remove("e1")
        with pytest.raises(NotFound):
            work.evidence.get("e1")


def test_a_link_is_kept_and_used_up(begun: Any) -> None:
    with begun.begin() as work:
        work.upload_links.add(link())
        with pytest.raises(Conflict):
            work.upload_links.add(link())
        work.upload_links.save(link(done_at=NOW))
    with begun.begin(reading=True) as work:
        assert work.upload_links.get("h1") == link(done_at=NOW)
        with pytest.raises(NotFound):
            work.upload_links.get("h2")


def test_links_go_with_their_case(begun: Any) -> None:
    with begun.begin() as work:
        work.upload_links.add(link())
        work.upload_links.add(link("h2", case_ref="10000020"))
        work.upload_links.remove_of_case("10000012")
        with pytest.raises(NotFound):
            work.upload_links.get("h1")
        assert work.upload_links.get("h2").case_ref == "10000020"


def test_an_unknown_link_cannot_be_changed(begun: Any) -> None:
    with pytest.raises(NotFound), begun.begin() as work:
        work.upload_links.save(link("h9"))


def test_pictures_are_fetched_when_due_oldest_first(begun: Any) -> None:
    later = NOW + timedelta(minutes=1)
    with begun.begin() as work:
        assert work.pictures.add(picture("MM2:0", arrived_at=later, due_at=NOW))
        assert work.pictures.add(picture("MM1:0"))
        assert not work.pictures.add(picture("MM1:0"))
        assert work.pictures.add(picture("MM3:0", due_at=later))
    with begun.begin() as work:
        assert [one.id for one in work.pictures.due(NOW, 5)] == ["MM1:0", "MM2:0"]
        assert [one.id for one in work.pictures.due(NOW, 1)] == ["MM1:0"]
        work.pictures.save(picture("MM1:0", attempts=1, due_at=later))
        work.pictures.remove("MM2:0")
        assert work.pictures.due(NOW, 5) == []
        assert [one.id for one in work.pictures.due(later, 5)] == ["MM1:0", "MM3:0"]
        assert [one.id for one in work.pictures.of_conversation("c1")] == ["MM1:0", "MM3:0"]


def test_a_message_keeps_what_can_be_sent(begun: Any) -> None:
    upload = Upload("10000012", (Needed("income", "Payslip"), Needed("photo", "Photo", True)))
    with begun.begin() as work:
        work.conversations.append(message(1, said=Utterance("Please send", upload=upload)))
        work.conversations.append(message(2, said=Utterance("Thank you")))
    with begun.begin(reading=True) as work:
        first, second = work.conversations.messages("c1")
    assert first.said.upload == upload
    assert second.said.upload is None
