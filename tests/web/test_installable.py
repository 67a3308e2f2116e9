"""The client as an app: it can be installed, opens without a server, and keeps nothing of any game."""

from __future__ import annotations

import json
import re

from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table
from tests.web.test_lost_lines import LINE_LOST

KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  return kept;
}"""


async def worker_stands(person: Person) -> None:
    await person.page.evaluate("navigator.serviceWorker.ready.then((one) => one.active.state)")


async def test_the_manifest_names_what_a_phone_needs(invite: Invite, served: SummitServer) -> None:
    anna = await invite("Anna", served)
    await anna.open()
    address = await anna.page.locator("link[rel=manifest]").get_attribute("href")
    answer = await anna.context.request.get(f"{anna.address}{address}")
    manifest = json.loads(await answer.body())
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    for icon in manifest["icons"]:
        found = await anna.context.request.get(f"{anna.address}{icon['src']}")
        assert found.headers["content-type"] == icon["type"]


async def test_without_a_server_the_page_stands_and_says_that_the_line_is_lost(
    invite: Invite, own_server: SummitServer
) -> None:
    anna = await invite("Anna", own_server, service_workers="allow")
    table = await set_table(anna)
    await seat(anna, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await anna.say("Nobody is to find this in a cache.")
    await worker_stands(anna)
    await anna.page.reload()
    await anna.sees("Nobody is to find this in a cache.")
    kept = await anna.page.evaluate(KEPT)
    assert "/" in kept
    assert any(path.startswith("/assets/") for path in kept)
    assert [path for path in kept if path.startswith("/api") or "/g/" in path] == []

    anna.expects(LINE_LOST)
    own_server.kill()
    await anna.page.reload()
    await anna.sees("The line is lost. It comes back by itself.")
    await anna.open("/")
    await expect(anna.heading(re.compile("^I have a code or link"))).to_be_visible()
    await anna.open(table.page)
    await anna.sees("The line is lost. It comes back by itself.")
    another_tab = await anna.context.new_page()
    await another_tab.goto(own_server.address + table.page)
    await expect(another_tab.get_by_text("Looking for the server")).to_be_visible()
    await expect(another_tab.get_by_text("Nobody is to find this in a cache.")).to_have_count(0)
    own_server.start()
    await anna.in_phase("Consultations")
    await expect(another_tab.get_by_text("Nobody is to find this in a cache.")).to_be_visible()


async def test_a_new_version_is_taken_at_the_next_navigation_and_breaks_no_open_page(
    invite: Invite, served: SummitServer
) -> None:
    anna = await invite("Anna", served, service_workers="allow")
    await anna.open()
    await worker_stands(anna)
    before = await anna.page.evaluate("caches.keys()")
    assert len(before) == 1
    # A cache of a version long gone, and one of the version before: as two releases would have left them.
    await anna.page.evaluate(
        """async (name) => {
          for (const old of ['summit-shell-a', 'summit-shell-b']) {
            const cache = await caches.open(old);
            await cache.put('/assets/part-of-' + old.slice(-1) + '.js', new Response('1'));
          }
        }""",
        before[0],
    )
    found = "fetch('/assets/part-of-b.js').then((answer) => answer.status)"
    await anna.page.reload()
    assert await anna.page.evaluate(found) == 200
