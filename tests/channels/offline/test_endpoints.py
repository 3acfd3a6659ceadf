"""What the phone's page asks for and sends, without a browser: again, out of order, cut, forged."""

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random
from typing import Any

import httpx
import pytest

from storage.enums import VisitOrigin, VisitStatus
from storage.models import ReportFile, StoredFile, Visit, VisitReport
from tests.cast import AN, BEN_QUE, BINH, KCN, MONDAY, NEXT_MONDAY, SEN_VANG
from tests.channels.offline.conftest import entered
from tests.channels.offline.phone import picture
from tests.client import Town
from tests.rows import every

HOST = "http://127.0.0.1"
WORDS = "Công nhân làm việc ổn định, bữa ăn ca đủ món, có ý kiến về nhà để xe của công ty."
VALUES = {
    "visited_on": "2026-11-16",
    "kind": "dialogue",
    "workers_met": "12",
    "topics": {"safety": "good"},
    "situation": {"text": WORDS, "files": []},
}


@pytest.fixture
async def an(town: Town) -> AsyncIterator[httpx.AsyncClient]:
    """An's browser."""
    assert town.program.server
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(town.program.server.app),
        base_url=HOST,
        headers={"X-Bao-Cao": "1"},
        cookies=await entered(town, AN),
    ) as client:
        yield client


async def rows(town: Town, table: Any) -> list[Any]:
    async with town.program.work.read() as session:
        return list((await session.exec(every(table))).all())


async def a_visit(town: Town, number: int = 0) -> int:
    visit = Visit(
        key=f"given:{number}",
        week=MONDAY.date(),
        site_id=SEN_VANG.id,
        unit_id=KCN.id,
        officer_id=AN.id,
        created_at=MONDAY,
    )
    async with town.program.work.write() as session:
        session.add(visit)
    return visit.id or 0


def report(visit: int, key: str, *digests: str, **more: Any) -> dict[str, Any]:
    values = {**VALUES, "situation": {"text": WORDS, "files": list(digests)}}
    sent = {"key": key, "visit": visit, "place": SEN_VANG.id, "values": values, "corrects": []}
    return {**sent, "age": 5, **more}


def key_of(number: int) -> str:
    return f"{number:032x}"


async def send_file(client: httpx.AsyncClient, data: bytes, kind: str = "photo") -> httpx.Response:
    digest = hashlib.sha256(data).hexdigest()
    return await client.post(f"/bao-cao/tep/{digest}", content=data, headers={"X-Kind": kind})


@pytest.mark.wide
async def test_however_often_and_in_whatever_order_it_comes_it_is_one_report_with_its_files(
    town: Town, an: httpx.AsyncClient
) -> None:
    rng = Random(7)
    for number in range(6):
        visit, key = await a_visit(town, number), key_of(number + 1)
        photos = [picture(100 * n, 64 + number) for n in range(2)]
        digests = [hashlib.sha256(data).hexdigest() for data in photos]
        acts = [0, 1, "report", "report", *rng.choices([0, 1, "report", "cut"], k=4)]
        rng.shuffle(acts)
        for act in (*acts, 0, 1, "report"):
            if act == "report":
                answer = await an.post("/bao-cao/nop", json=report(visit, key, *digests))
                assert answer.status_code in (200, 409)
            elif act == "cut":
                cut = photos[0][: rng.randrange(1, 200)]
                answer = await an.post(f"/bao-cao/tep/{digests[0]}", content=cut)
                assert answer.status_code in (400, 422)
            else:
                assert (await send_file(an, photos[int(act)])).status_code == 200
        [kept] = [r for r in await rows(town, VisitReport) if r.visit_id == visit]
        files = [f for f in await rows(town, ReportFile) if f.report_id == kept.id]
        assert len(files) == 2
    assert len(await rows(town, StoredFile)) == 12


@pytest.mark.wide
async def test_a_visit_nobody_planned_is_one_in_whatever_order_its_tries_come(
    town: Town, an: httpx.AsyncClient
) -> None:
    """Tried, changed, tried again: the second corrects the first, or comes before it."""
    rng = Random(11)
    for number in range(8):
        first, second = key_of(100 + 2 * number), key_of(101 + 2 * number)
        tries = [report(0, first), report(0, second, corrects=[first])]
        tries[1]["values"]["workers_met"] = "25"
        for sent in (*rng.choices(tries, k=4), tries[1], tries[0]):
            assert (await an.post("/bao-cao/nop", json=sent)).status_code in (200, 422)
    unplanned = [v for v in await rows(town, Visit) if v.origin is VisitOrigin.UNPLANNED]
    assert [v.status for v in unplanned] == [VisitStatus.REPORTED] * 8
    latest = [r for r in await rows(town, VisitReport) if r.latest]
    assert {r.visit_id for r in latest} == {v.id for v in unplanned}
    assert {r.workers_met for r in latest} == {25}


async def test_tries_of_one_at_the_same_moment_are_one_visit(
    town: Town, an: httpx.AsyncClient
) -> None:
    sent = report(0, key_of(7))
    answers = await asyncio.gather(*(an.post("/bao-cao/nop", json=sent) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    again = await an.post("/bao-cao/nop", json=sent)
    (visit,) = [v for v in await rows(town, Visit) if v.origin is VisitOrigin.UNPLANNED]
    assert (again.status_code, again.json()["visit"]) == (200, visit.id)
    assert len(await rows(town, VisitReport)) == 1


async def test_where_nobody_was_sent_is_a_site_of_ones_own(
    town: Town, an: httpx.AsyncClient
) -> None:
    week = (await an.get("/bao-cao/tuan")).json()
    names = dict(week["unplanned"]["sites"])
    assert names[SEN_VANG.id] == SEN_VANG.name
    assert BEN_QUE.id not in names
    assert week["unplanned"]["form"] in week["forms"]
    known = {"X-Sites": week["unplanned"]["mark"]}
    again = (await an.get("/bao-cao/tuan", headers=known)).json()
    assert "sites" not in again["unplanned"], "a phone is sent the list once"
    for place, words in ((BEN_QUE.id, "không thuộc phạm vi"), (10**6, "không thuộc phạm vi")):
        answer = await an.post("/bao-cao/nop", json=report(0, key_of(3), place=place))
        assert answer.status_code == 422
        assert words in answer.json()["sentence"]
    assert not [v for v in await rows(town, Visit) if v.origin is VisitOrigin.UNPLANNED]


async def test_the_week_says_what_has_arrived(town: Town, an: httpx.AsyncClient) -> None:
    visit = await a_visit(town)
    answer = await an.post("/bao-cao/nop", json=report(visit, key_of(9)))
    assert answer.status_code == 200
    week = (await an.get("/bao-cao/tuan")).json()
    assert week["person"]["id"] == AN.id
    assert list(week["arrived"]) == [key_of(9)]
    assert [v["reported"] for v in week["others"] if v["id"] == visit] == [True]


async def test_nobody_sends_for_somebody_else(town: Town, an: httpx.AsyncClient) -> None:
    visit, sent = await a_visit(town), {"X-Person": str(BINH.id)}
    for headers, status in (
        (sent, 403),  # An came in on the phone on which Bình wrote
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"X-Bao-Cao": ""}, 200),
    ):
        answer = await an.post("/bao-cao/nop", json=report(visit, key_of(1)), headers=headers)
        assert answer.status_code == status
    del an.headers["X-Bao-Cao"]  # as from a page of somebody else's, which cannot set it
    for path in ("nop", "tep/" + "0" * 64):
        assert (await an.post(f"/bao-cao/{path}", json={})).status_code == 400
    assert (await an.get("/bao-cao/tuan")).status_code == 400
    an.headers["X-Bao-Cao"] = "1"
    an.cookies.clear()
    assert (await an.get("/bao-cao/tuan")).status_code == 401
    assert (await an.post("/bao-cao/nop", json=report(visit, key_of(2)))).status_code == 401
    assert (await send_file(an, picture())).status_code == 401


@pytest.mark.wide
async def test_when_it_was_written_counts_as_far_as_it_is_believed(
    town: Town, an: httpx.AsyncClient
) -> None:
    visits = [await a_visit(town, number) for number in range(6)]
    town.clock.freeze(NEXT_MONDAY + timedelta(hours=1))
    an.cookies.update(await entered(town, AN))  # a week's silence has closed the pages
    ages = (
        (9 * 3600, False),  # written on Sunday evening, it found coverage on Monday
        (3 * 86400, True),  # longer than anything is believed to be on its way
        (-5 * 86400, True),  # by a clock that was set back meanwhile
        (10**12, True),
        ("9", True),
        (None, True),
    )
    for visit, (age, late) in zip(visits, ages, strict=True):
        answer = await an.post("/bao-cao/nop", json=report(visit, key_of(visit), age=age))
        assert answer.status_code == 200, age
        assert [v.late for v in await rows(town, Visit) if v.id == visit] == [late], age
        assert ("báo cáo trễ" in answer.json()["words"]) == late


async def test_what_is_no_file_of_ours_is_refused_with_a_sentence(
    town: Town, an: httpx.AsyncClient
) -> None:
    too_large = await send_file(an, bytes(20_000_001), "document")
    assert too_large.status_code == 413
    assert "20 MB" in too_large.json()["sentence"]
    assert "không đọc được" in (await send_file(an, b"no picture")).json()["sentence"]
    assert (await send_file(an, picture(), "program")).status_code == 400
    for path in ("x", "0" * 63, "A" * 64):
        assert (await an.post(f"/bao-cao/tep/{path}", content=b"x")).status_code == 400
    assert await rows(town, StoredFile) == []


async def test_what_is_no_report_is_refused_with_a_sentence(an: httpx.AsyncClient) -> None:
    bodies = (
        *(b"", b"{", b"[" * 100_000, b"null", b"[1]", b"\xff\xfe", b'{"key": 1}', b"9" * 600_000),
        json.dumps(report(10**9, key_of(1))).encode(),
    )
    for body in bodies:
        answer = await an.post("/bao-cao/nop", content=body)
        assert answer.status_code in (400, 413, 422), body[:20]
        assert answer.json()["sentence"], body[:20]


async def test_half_a_letter_that_a_keyboard_left_does_not_hold_up_the_report(
    town: Town, an: httpx.AsyncClient
) -> None:
    """A phone sends it as JSON has it; no database takes it."""
    sent = report(await a_visit(town), key_of(1))
    sent["values"]["situation"]["text"] = WORDS + " \ud83d"
    answer = await an.post("/bao-cao/nop", content=json.dumps(sent).encode())
    assert answer.status_code == 200, answer.text
    assert len(await rows(town, VisitReport)) == 1
    sent = report(10**6, "\ud83d" * 32)
    assert (await an.post("/bao-cao/nop", content=json.dumps(sent).encode())).status_code == 422


async def test_the_page_runs_plain_scripts_of_ours_alone_and_all_its_parts_are_there(
    an: httpx.AsyncClient,
) -> None:
    an.cookies.clear()
    page, worker = await an.get("/bao-cao/"), await an.get("/bao-cao/may.js")
    for answer in (page, worker):
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
    assert not re.search(r"<script(?! src=\"/)|\son\w+=|style=", page.text)
    listed = re.search(r"var SHELL = (\[.*\]);", worker.text)
    assert listed
    parts = json.loads(listed[1])
    assert set(re.findall(r'(?:src|href)="([^"]+)"', page.text)) <= set(parts)
    for part in parts:
        assert (await an.get(part)).status_code == 200, part
    assert "var SCRIPTS = " in worker.text
    assert (await an.get("/bao-cao/manifest.webmanifest")).json()["scope"] == "/bao-cao/"
    for address in re.findall(r'<script src="([^"]+)"', page.text):
        script = (await an.get(address)).text
        # Newer syntax makes the whole page fail on a five-year-old phone.
        newer = r"\?\.[a-zA-Z(\[]|\?\?|\bimport\b|#\w+\s*[=(]|\|\|="
        assert not re.search(newer, script), address
        assert not re.search(r"\binnerHTML\b|\beval\b|insertAdjacentHTML", script), address
