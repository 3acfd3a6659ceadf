"""Many are invited by a list; somebody leaves and hands over, in chat."""

from io import BytesIO
from zipfile import ZipFile

import xlsxwriter

from bot.people.papers import invitation_list
from tests import cast
from tests.units.papers.sheets import units


def people(*rows):
    written = BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate((invitation_list.HEADINGS, *rows)):
            sheet.write_row(line, 0, row)
    return written.getvalue()


def sent_file(town, person, name):
    media = [m["media"] for m in person.messages if (m.get("media") or {}).get("name") == name]
    return town.sandbox.world.files.read(media[-1]["url"].removeprefix("/sandbox/files/"))


def texts(data):
    """Every text of the workbook, and how many pictures it has."""
    with ZipFile(BytesIO(data)) as archive:
        words = archive.read("xl/sharedStrings.xml").decode()
        return words, sum(name.startswith("xl/media/") for name in archive.namelist())


async def test_many_are_invited_by_a_list_and_come_in_by_name(town):
    ha = await town.person("Hà")
    await ha.send("/nhansu")
    await ha.click("📥 Mời nhiều người")
    empty = sent_file(town, ha, invitation_list.TEMPLATE_NAME)
    assert invitation_list.read(empty) == []
    await ha.document(
        "moi.xlsx",
        people(
            ("Ngô Văn Tám", "Cán bộ đi cơ sở", "LH"),
            ("Lý Thị Chín", "BCH CĐCS", cast.BEN_QUE.code),
        ),
    )
    words, pictures = texts(sent_file(town, ha, invitation_list.SHEET_NAME))
    assert pictures == 2
    assert "Ngô Văn Tám" in words
    assert cast.BEN_QUE.name in words
    code = words.split("start=")[1].split("\n")[0].split("&")[0].split("<")[0]
    await town.move_in("Tám", 7_000_000_555)
    new = await town.person("Tám", 7_000_000_555)
    await new.send(f"/start {code}")
    assert "Ngô Văn Tám" in new.card


async def test_a_list_with_mistakes_invites_nobody_and_names_the_lines(town):
    ha = await town.person("Hà")
    await ha.document(
        "moi.xlsx",
        people(
            ("Ngô Văn Tám", "Cán bộ đi cơ sở", "LH"),
            ("Lý Thị Chín", "Trưởng ban", "LH"),
            ("", "BCH CĐCS", cast.BEN_QUE.code),
            ("Lê Văn Ba", "BCH CĐCS", "XX"),
        ),
    )
    assert all(f"Dòng {line}:" in ha.card for line in (3, 4, 5))
    assert "Dòng 2:" not in ha.card
    await ha.forge("p:links")
    assert "Thu hồi 1" not in "".join(ha.buttons)


async def test_a_list_of_units_is_still_one(town):
    ha = await town.person("Hà")
    await ha.document("don-vi.xlsx", units({"code": "KCN-11", "workers": 1900}))
    assert "Số lao động 1.850 → 1.900" in ha.card


async def test_a_list_of_people_from_others_invites_nobody(town):
    for name in ("An", "Giang", "Mai"):
        person = await town.person(name)
        await person.document("moi.xlsx", people(("Ngô Văn Tám", "Cán bộ đi cơ sở", "LH")))
        assert "liên kết" not in person.card.lower()


async def test_somebody_leaves_and_a_colleague_takes_over_in_chat(town):
    ha, binh = await town.person("Hà"), await town.person("Bình")
    await ha.forge(f"p:open:{cast.AN.id}")
    await ha.click("✖️ Kết thúc vai trò")
    assert f"Việc đang làm ở {cast.KCN.name}: 1 lượt đi sắp tới." in ha.card
    await ha.click("🤝 Bàn giao cho người khác")
    assert "thôi làm" in ha.card
    await ha.click(f"🤝 {cast.BINH.full_name}")
    await ha.click("🤝 Bàn giao")
    assert "đã thôi nhiệm vụ" in ha.card
    assert any("nhận bàn giao" in card for card in binh.cards)


async def test_somebody_moves_to_another_unit_in_chat(town):
    ha, an = await town.person("Hà"), await town.person("An")
    await ha.forge(f"p:open:{cast.AN.id}")
    await ha.click("✖️ Kết thúc vai trò")
    await ha.click("🔀 Chuyển sang đơn vị khác")
    await ha.send("long hoa")
    await ha.click(cast.LONG_HOA.name)
    assert f"ở {cast.KCN.name}: 1 lượt đi sắp tới." in ha.card
    await ha.click(cast.BINH.full_name)
    assert cast.AN.full_name in ha.card
    assert cast.BINH.full_name in ha.card
    assert "đã chuyển" not in ha.card  # nothing is done before it was looked at
    await ha.click("🔀 Chuyển")
    assert f"sang {cast.LONG_HOA.name}" in ha.card
    assert any("chuyển từ CĐ các KCN tỉnh sang" in card for card in an.cards)
    assert not any("không còn giữ vai trò" in card for card in an.cards)
