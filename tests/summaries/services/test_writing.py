"""One draft of a unit, by several people in turn, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from bot.config.settings import Settings
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.summaries.rules.summaries import LONGEST_SECTION
from bot.summaries.services import corrections, pages, sending, writing
from bot.summaries.services.writing import Mode, NewText, WrittenMeanwhile
from storage.addresses import TELEGRAM
from storage.enums import Addressee
from storage.models import StoredFile, SummaryCorrection, SummarySection
from storage.store import Store
from tests import cast
from tests.cases.help import rows
from tests.cast import AN, BINH, CUC, DUNG, GIANG, HA, KHOA, LAN, MAI, Character
from tests.statements import statements
from tests.summaries.help import NOON, acting, all_written, asked, owes

LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def work(any_store: Store, settings: Settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def wrote(
    work: Work, by: Character, key: int, text: str, mode: Mode = Mode.APPEND, seen: int = 0
) -> SummarySection:
    new = NewText("IV.1", text, mode=mode, based_on=seen)
    return await writing.write_section(Context(work, await acting(work, by), NOON), key, new)


async def text_of(work: Work, key: int) -> str:
    facts = await pages.page(Context(work, await acting(work, AN), NOON), key)
    section = facts.section("IV.1")
    assert section is not None
    return section.text


async def test_what_several_people_add_stands_in_order_with_who_wrote_last(work: Work) -> None:
    key = await owes(work)
    await wrote(work, AN, key, "An viết")
    await wrote(work, BINH, key, "Bình thêm")
    facts = await pages.page(Context(work, await acting(work, DUNG), NOON), key)
    section = facts.section("IV.1")
    assert section is not None
    assert section.text == "An viết\nBình thêm"
    assert (section.author, section.revision) == (BINH.full_name, 2)
    history = await pages.history(Context(work, await acting(work, DUNG), NOON), key, "IV.1")
    assert [(one.revision, one.author) for one in history] == [
        (2, BINH.full_name),
        (1, AN.full_name),
    ]


async def test_two_who_add_at_once_lose_nothing(work: Work) -> None:
    key = await owes(work)
    await asyncio.gather(*(wrote(work, by, key, f"của {by.name}") for by in (AN, BINH, DUNG)))
    text = await text_of(work, key)
    assert all(f"của {by.name}" in text for by in (AN, BINH, DUNG))
    found = await rows(work, SummarySection)
    assert sorted(one.revision for one in found) == [1, 2, 3]
    assert [one.revision for one in found if one.latest] == [3]


async def test_replacing_what_a_colleague_wrote_meanwhile_changes_nothing_and_says_who(
    work: Work,
) -> None:
    key = await owes(work)
    await wrote(work, AN, key, "bản đầu")
    await wrote(work, BINH, key, "Bình thêm")
    with pytest.raises(WrittenMeanwhile) as met:
        await wrote(work, AN, key, "bản mới", Mode.REPLACE, seen=1)
    assert (met.value.name, met.value.revision) == (BINH.full_name, 2)
    assert await text_of(work, key) == "bản đầu\nBình thêm"
    await wrote(work, AN, key, "bản mới", Mode.REPLACE, seen=met.value.revision)
    assert await text_of(work, key) == "bản mới"


async def test_two_who_replace_the_same_revision_at_once_do_not_overwrite_each_other(
    work: Work,
) -> None:
    key = await owes(work)
    await wrote(work, DUNG, key, "bản đầu")
    done = await asyncio.gather(
        *(wrote(work, by, key, f"của {by.name}", Mode.REPLACE, seen=1) for by in (AN, BINH)),
        return_exceptions=True,
    )
    assert [type(one) for one in done].count(WrittenMeanwhile) == 1


async def test_replacing_what_one_wrote_oneself_meanwhile_is_no_conflict(work: Work) -> None:
    key = await owes(work)
    await wrote(work, AN, key, "bản đầu")
    await wrote(work, AN, key, "thêm")
    await wrote(work, AN, key, "bản mới", Mode.REPLACE, seen=1)
    assert await text_of(work, key) == "bản mới"


async def test_a_section_takes_so_many_letters_and_not_one_more(work: Work) -> None:
    key = await owes(work)
    await wrote(work, AN, key, "a" * (LONGEST_SECTION - 2))
    with pytest.raises(Refused, match=r"nhiều nhất 20\.000 ký tự"):
        await wrote(work, BINH, key, "bb")
    await wrote(work, BINH, key, "b")
    assert len(await text_of(work, key)) == LONGEST_SECTION


async def voice(work: Work, name: str) -> int:
    async with work.write() as session:
        file = StoredFile(
            channel=TELEGRAM, reference=name, unique_id=name, kind="voice", created_at=NOON
        )
        session.add(file)
        await session.flush()
        assert file.id is not None
        return file.id


async def test_a_voice_message_waits_until_somebody_writes_it_out_and_can_be_heard_after(
    work: Work,
) -> None:
    key, said = await owes(work), await voice(work, "v1")
    an, binh = await acting(work, AN), await acting(work, BINH)
    await writing.write_section(Context(work, an, NOON), key, NewText("IV.1", "", [said]))
    facts = await pages.page(Context(work, binh, NOON), key)
    section = facts.section("IV.1")
    assert section is not None
    assert (section.voices, section.done) == (1, False)
    assert "IV.1" in {one.key for one in facts.missing}
    heard = await pages.voices(Context(work, binh, NOON), key, "IV.1")
    assert [one.id for one in heard] == [said]
    later = await voice(work, "v2")
    await writing.write_section(Context(work, an, NOON), key, NewText("IV.1", "", [later]))
    new = NewText("IV.1", "Lời trong tin thoại", mode=Mode.WRITE_OUT, heard=[said])
    await writing.write_section(Context(work, binh, NOON), key, new)
    waiting = (await pages.page(Context(work, an, NOON), key)).section("IV.1")
    assert waiting is not None
    assert waiting.files == (later,), "what nobody has heard yet goes on waiting"
    more = NewText("IV.1", "Lời sau", mode=Mode.WRITE_OUT, heard=[later])
    await writing.write_section(Context(work, binh, NOON), key, more)
    section = (await pages.page(Context(work, an, NOON), key)).section("IV.1")
    assert section is not None
    assert (section.voices, section.done) == (0, True)
    assert [one.id for one in await pages.voices(Context(work, an, NOON), key, "IV.1")] == [
        said,
        later,
    ]


async def test_other_edits_leave_a_waiting_voice_message_alone(work: Work) -> None:
    key, said = await owes(work), await voice(work, "v1")
    an = await acting(work, AN)
    await writing.write_section(Context(work, an, NOON), key, NewText("IV.1", "", [said]))
    await wrote(work, BINH, key, "chữ")
    await wrote(work, BINH, key, "chữ khác", Mode.REPLACE, seen=2)
    section = (await pages.page(Context(work, an, NOON), key)).section("IV.1")
    assert section is not None
    assert (section.text, section.voices) == ("chữ khác", 1)


@pytest.mark.parametrize("section", ["VI", "I", "q1", "", "IV.9"])
async def test_only_sections_of_this_report_are_written(work: Work, section: str) -> None:
    key = await owes(work)
    with pytest.raises(Refused):
        await writing.write_section(
            Context(work, await acting(work, AN), NOON), key, NewText(section, "chữ")
        )


async def test_a_request_has_its_questions_instead(work: Work) -> None:
    key = await asked(work, ("number", "Bao nhiêu DN?"), ("yes_no", "Có nợ lương không?"))
    an = await acting(work, AN)
    facts = await pages.page(Context(work, an, NOON), key)
    assert [(s.section.key, s.question) for s in facts.sections] == [
        ("q1", "number"),
        ("q2", "yes_no"),
    ]
    assert not facts.takes_proposals
    assert facts.paper.figures == ()
    await writing.write_section(Context(work, an, NOON), key, NewText("q1", "12"))
    assert [one.key for one in (await pages.page(Context(work, an, NOON), key)).missing] == ["q2"]
    with pytest.raises(Refused):
        await writing.propose(Context(work, an, NOON), key, Addressee.STANDING, "một đề xuất")


# ---- Proposals and numbers -----------------------------------------------------------------


async def test_the_same_proposal_is_not_added_twice_and_goes_when_taken_out(work: Work) -> None:
    key, an = await owes(work), await acting(work, AN)
    await writing.propose(Context(work, an, NOON), key, Addressee.STANDING, "Mở lớp tập huấn")
    with pytest.raises(Refused, match="đã có"):
        await writing.propose(Context(work, an, NOON), key, Addressee.STANDING, " Mở lớp tập huấn ")
    (one,) = (await pages.page(Context(work, an, NOON), key)).proposals
    await writing.withdraw(Context(work, an, NOON), key, one.id)
    await writing.withdraw(Context(work, an, LATER), key, one.id)
    assert (await pages.page(Context(work, an, NOON), key)).proposals == []


async def test_a_proposal_of_another_unit_is_not_touched(work: Work) -> None:
    ours, theirs = await owes(work), await owes(work, cast.LONG_HOA)
    await writing.propose(
        Context(work, await acting(work, CUC), NOON), theirs, Addressee.STANDING, "Mở lớp"
    )
    (one,) = (await pages.page(Context(work, await acting(work, CUC), NOON), theirs)).proposals
    with pytest.raises(Refused):
        await writing.withdraw(Context(work, await acting(work, AN), NOON), ours, one.id)


async def test_a_corrected_number_counts_with_its_reason_until_it_is_taken_back(work: Work) -> None:
    key, an = await owes(work), await acting(work, AN)
    before = (await pages.page(Context(work, an, NOON), key)).paper.values["members"]
    await corrections.correct(Context(work, an, NOON), key, "members", 5000, "Sổ đoàn viên")
    paper = (await pages.page(Context(work, an, NOON), key)).paper
    assert paper.values["members"] == 5000
    assert paper.corrections["members"].computed == before
    assert paper.corrections["members"].author == AN.full_name
    await corrections.take_back(Context(work, an, NOON), key, "members")
    assert (await pages.page(Context(work, an, NOON), key)).paper.values["members"] == before
    with pytest.raises(Refused, match="chưa được sửa"):
        await corrections.take_back(Context(work, an, NOON), key, "members")


async def test_the_page_reads_the_tree_and_the_mergers_once(work: Work) -> None:
    key = await owes(work)
    await all_written(work, key)
    dung = await acting(work, DUNG)
    with statements(work.store) as sent:
        await pages.page(Context(work, dung, NOON), key)
    bare = [" ".join(statement.split()) for statement in sent]
    assert sum("successor_id IS NOT NULL" in statement for statement in bare) == 1
    assert sum("FROM unit ORDER BY" in statement for statement in bare) == 1
    assert len(bare) <= 54


async def test_the_same_correction_twice_is_kept_once(work: Work) -> None:
    key, an = await owes(work), await acting(work, AN)
    for _ in range(2):
        await corrections.correct(Context(work, an, NOON), key, "members", 5000, "Sổ đoàn viên")
    assert len(await rows(work, SummaryCorrection)) == 1


async def test_a_number_that_a_colleague_corrected_meanwhile_is_not_overwritten(work: Work) -> None:
    key, an, binh = await owes(work), await acting(work, AN), await acting(work, BINH)
    await corrections.correct(Context(work, an, NOON), key, "members", 5000, "Sổ")
    with pytest.raises(Refused, match=r"Nguyễn Thị An vừa sửa số này thành 5\.000"):
        await corrections.correct(Context(work, binh, LATER), key, "members", 4000, "Đếm lại")
    (seen,) = await rows(work, SummaryCorrection)
    await corrections.correct(
        Context(work, binh, LATER), key, "members", 4000, "Đếm lại", seen_id=seen.id
    )
    assert (await pages.page(Context(work, an, NOON), key)).paper.values["members"] == 4000


@pytest.mark.parametrize("figure", ["coverage", "settled_share", "no_such"])
async def test_shares_and_unknown_figures_are_not_corrected(work: Work, figure: str) -> None:
    key = await owes(work)
    with pytest.raises(Refused):
        await corrections.correct(Context(work, await acting(work, AN), NOON), key, figure, 5, "Sổ")


# ---- Who may -------------------------------------------------------------------------------

OTHERS = (CUC, HA, KHOA, MAI, LAN)


async def test_nobody_outside_the_unit_writes(work: Work) -> None:
    key = await owes(work)
    for who in OTHERS:
        actor = await acting(work, who)
        for attempt in (
            writing.write_section(Context(work, actor, NOON), key, NewText("II", "chữ")),
            writing.propose(Context(work, actor, NOON), key, Addressee.STANDING, "chữ"),
            corrections.correct(Context(work, actor, NOON), key, "members", 1, "lý do"),
            sending.send(Context(work, actor, NOON), key),
        ):
            with pytest.raises(Refused):
                pytest.fail(f"{who.name} wrote: {await attempt}")


@pytest.mark.parametrize(
    ("who", "may"),
    [(AN, True), (DUNG, True), (GIANG, True), (HA, True)]
    + [(one, False) for one in (CUC, KHOA, MAI, LAN)],
    ids=lambda one: getattr(one, "name", str(one)),
)
async def test_who_sees_it(work: Work, who: Character, may: bool) -> None:
    key = await owes(work)
    actor = await acting(work, who)
    if may:
        assert (await pages.page(Context(work, actor, NOON), key)).id == key
    else:
        with pytest.raises(Refused, match="Không tìm thấy"):
            await pages.page(Context(work, actor, NOON), key)


@pytest.mark.parametrize("key", [0, 99, 2**31, 10**12])
async def test_what_is_not_there_is_refused_in_words(work: Work, key: int) -> None:
    with pytest.raises(Refused, match="Không tìm thấy"):
        await pages.page(Context(work, await acting(work, DUNG), NOON), key)


async def test_after_sending_everything_is_locked_and_the_sentence_says_what_to_do(
    work: Work,
) -> None:
    key, an = await owes(work), await acting(work, AN)
    await all_written(work, key)
    await sending.send(Context(work, await acting(work, DUNG), NOON), key)
    for attempt in (
        writing.write_section(Context(work, an, NOON), key, NewText("II", "chữ")),
        writing.propose(Context(work, an, NOON), key, Addressee.STANDING, "chữ"),
        corrections.correct(Context(work, an, NOON), key, "members", 1, "lý do"),
    ):
        with pytest.raises(Refused, match=r"Phạm Tiến Dũng đã gửi báo cáo .* LĐLĐ tỉnh trả lại"):
            await attempt


async def test_what_a_unit_owes_is_listed_where_ones_own_role_sits(work: Work) -> None:
    key = await owes(work)
    await owes(work, cast.LONG_HOA)
    await all_written(work, key)

    async def listed(one: Character) -> list[tuple[str, int, int]]:
        found = await pages.owed(Context(work, await acting(work, one), NOON))
        return [(line.unit, line.done, line.needed) for line in found]

    assert await listed(AN) == [("CĐ các KCN tỉnh", 4, 4)]
    assert await listed(CUC) == [("CĐ phường Long Hòa", 0, 4)]
    for one in (GIANG, HA, KHOA, MAI, LAN):
        assert await listed(one) == []


async def test_what_was_excused_leaves_the_list_in_time(work: Work) -> None:
    await owes(work, excused_at=NOON, excuse="Đơn vị mới thành lập")
    an = await acting(work, AN)
    assert len(await pages.owed(Context(work, an, NOON + timedelta(days=120)))) == 1
    assert await pages.owed(Context(work, an, NOON + timedelta(days=130))) == []


async def test_a_stranger_is_not_somebody_without_a_unit(work: Work) -> None:
    assert await pages.owed(Context(work, Actor(), NOON)) == []
