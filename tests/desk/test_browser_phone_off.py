"""A browser phone that is switched off while its pass is on the way stays off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from casework.adapters.scripted_browser_phones import ScriptedBrowserPhones
from casework.domain.staff import BROWSER
from casework.use_cases.office import Office
from casework.use_cases.update_staff import update_staff
from telephony.browser_phone_files import SCRIPT, create_browser_phone_files
from tests.desk.agents import make_app

SDK = Path(__file__).with_name("voice_sdk.js")

ENDS = """async ([script, end]) => {
  const { open } = await import(script);
  const told = { ready: () => heard.push("ready"), lost: () => heard.push("lost"), rings() {} };
  const heard = [];
  let give;
  const pass = () => new Promise((given) => { give = given; });
  const line = await open({ pass, told });
  const listens = line.listen().catch(() => {});
  await line[end]();
  give("a pass");
  await listens;
  return { made: standIn.made, state: standIn.device?.state ?? null, heard };
}"""


@pytest.fixture
def app(office: Office) -> Flask:
    app = make_app(office, phones=ScriptedBrowserPhones(SCRIPT))
    app.register_blueprint(create_browser_phone_files(SDK))
    return app


@pytest.mark.parametrize("end", ["close", "rest"])
def test_no_line_is_made_for_whoever_has_switched_it_off_meanwhile(
    at_desk: Callable[..., Page], office: Office, site: str, end: str
) -> None:
    page = at_desk("Sam Taylor", permissions=["microphone"])
    page.add_init_script("navigator.mediaDevices.getUserMedia = async () => new MediaStream()")
    with office.store.begin(reading=True) as work:
        sam = work.staff.by_name("Sam Taylor")
    assert sam is not None
    update_staff(office, sam, phone=BROWSER)
    page.goto(f"{site}/desk/phone")
    found = page.evaluate(ENDS, [SCRIPT, end])
    assert found == {"made": 0, "state": None, "heard": []}
