"""The council's website says whom it has signed in, and the chat believes only what is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest

from casework.adapters.residents_csv import read_residents
from casework.adapters.website_sign_in import WebsiteSignIn
from casework.domain.cases import Verification
from casework.use_cases.import_residents import import_residents
from casework.use_cases.office import Office
from tests.office import COUNCIL, NOW, Talk, make_office

SECRET = "a secret that only the website has"  # 34 characters


@pytest.fixture
def known() -> Office:
    office = make_office()
    import_residents(office, read_residents(COUNCIL / "demo" / "residents.csv"))
    return replace(office, sign_in=WebsiteSignIn(SECRET))


def token(secret: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    expires = int((NOW + timedelta(minutes=5)).timestamp())
    claims = {"sub": "40217753", "aud": "civicline", "exp": expires, **changes}
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, secret, algorithm=algorithm)


def test_who_is_signed_in_is_asked_nothing_and_the_case_says_how(known: Office) -> None:
    talk = Talk(known, identifies=True, identity=token())
    assert "signed in" in talk.said
    assert "Priya" not in talk.said
    talk.says("I'm moving house", "house_move")
    assert talk.asks == "direction"
    talk.answers("within", "5 Oak Street PL2 1AB", "12 December", "own", "no one")
    while talk.asks != "confirm":
        talk.says("none" if talk.asks == "services_to_tell" else "skip")
    assert "Priya Shah" in talk.said
    talk.says("yes")
    case = talk.cases[0]
    assert case.verification is Verification.IDENTITY
    assert (case.verified_how, case.account_ref) == ("website", "40217753")


def past(minutes: int) -> int:
    return int((NOW - timedelta(minutes=minutes)).timestamp())


BAD = {
    "over": token(exp=past(1)),
    "lasting": token(exp=past(-60)),
    "no end": token(exp=None),
    "for another": token(aud="elsewhere"),
    "for nobody": token(aud=None),
    "other secret": token("another secret of thirty-two letters"),
    "other way": token(algorithm="HS512"),
    "unsigned": token("", "none"),
    "no such account": token(sub="99999999"),
    "nobody": token(sub=""),
    "nonsense": "not.a.token",
    "empty": "",
    "odd end": token() + "x",
}


@pytest.mark.parametrize("bad", sorted(BAD))
def test_what_proves_nothing_is_left_aside_and_said(known: Office, bad: str) -> None:
    talk = Talk(known, identifies=True, identity=BAD[bad])
    assert "couldn't use your sign-in" in talk.said
    assert talk.asks == "topic"
    talk.says("I'm moving house", "house_move")
    assert talk.asks == "verify_name"


def test_without_a_secret_nothing_is_believed(known: Office) -> None:
    talk = Talk(replace(known, sign_in=None), identifies=True, identity=token())
    assert "couldn't use your sign-in" in talk.said


def test_the_same_token_again_proves_the_same_in_a_chat_of_its_own(known: Office) -> None:
    signed = token()
    first, second = (Talk(known, identifies=True, identity=signed) for _ in range(2))
    assert first.id != second.id
    for talk in (first, second):
        assert talk.conversation.identity is not None
        assert talk.conversation.identity.account_ref == "40217753"
