"""What `satcoso doctor` looks at in the database, and with --deep in every row and file."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app.backups import DATABASE, proven
from bot.cli.finding import Finding, fine, look, mend
from bot.config.keys import KEY_VARIABLE, refuse_a_foreign_database
from bot.config.settings import Settings
from bot.core.copies import copy_path
from bot.core.errors import ConfigError
from bot.core.rules.calendar import local
from bot.core.rules.permissions import HANDLING_CASES, Action, roles_for
from storage import ahead, health, importing, invariants
from storage.invariants import Terms
from storage.migrations import NEWEST, knows
from storage.store import Store, sqlite_file

NEAR = timedelta(minutes=5)
WAITS_LONG = timedelta(minutes=15)
MOST_ROWS = 5  # named of what breaks an invariant


async def database(settings: Settings, now: datetime, deep: bool) -> AsyncIterator[Finding]:
    """Schema, key, people to be reached, what waits; `deep`: the rows themselves, and the files."""
    file = sqlite_file(settings.database.url)
    if file and not (file.exists() and file.stat().st_size):
        yield mend(
            f"Cơ sở dữ liệu: chưa có {file}.",
            "Lần đầu: `satcoso import`. Nếu đã từng có: `satcoso restore` từ bản sao lưu.",
        )
        return
    store = Store(settings.database.url)
    try:
        stands_at = await _schema(store)
        for finding in _of_schema(stands_at):
            yield finding
        if stands_at != NEWEST:
            return
        async for finding in _inside(store, settings, now):
            yield finding
        if deep:
            async for finding in _deep(store, settings, now):
                yield finding
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        yield mend(
            f"Cơ sở dữ liệu: không mở được ({type(cause).__name__}).",
            "Kiểm tra máy chủ PostgreSQL, hoặc tệp và quyền; xem `satcoso check`.",
        )
    finally:
        await store.close()


async def _schema(store: Store) -> str:
    async with store.read() as session:
        connection = await session.connection()
        rows = await connection.execute(text("SELECT version_num FROM alembic_version"))
        return str(rows.scalar_one())


def _of_schema(stands_at: str) -> Iterator[Finding]:
    if not knows(stands_at):
        yield mend(
            f"Lược đồ: dữ liệu của phiên bản mới hơn ({stands_at}).",
            "Cài lại phiên bản mới, hoặc `satcoso restore` bản sao lưu trước khi cập nhật.",
        )
    elif stands_at != NEWEST:
        yield look(
            f"Lược đồ: {stands_at}, bản mới nhất là {NEWEST}.",
            "Sao lưu rồi khởi động lại: chương trình tự nâng lên.",
        )
    else:
        yield fine(f"Lược đồ: {stands_at}, mới nhất.")


async def _inside(store: Store, settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    async with store.read() as session:
        connection = await session.connection()
        keys = await connection.execute(text('SELECT key_id, "check" FROM vault_key'))
        yield _key(settings, [(key_id, bytes(check)) for key_id, check in keys.all()])
        latest = await ahead.latest(session)
        if latest and latest - now > NEAR:
            yield mend(
                f"Giờ: dữ liệu đã ghi đến {local(latest):%d/%m/%Y %H:%M}, sau giờ của máy.",
                "Chỉnh giờ máy cho đúng; chương trình tự đưa các mốc về.",
            )
        async for finding in _people(session, settings):
            yield finding
        leading = roles_for(Action.LEAD_CASES)
        backlog = await health.waiting(session, now, roles_for(*HANDLING_CASES), leading)
    if backlog.ownerless:
        yield mend(
            f"Phản ánh: {backlog.ownerless} phản ánh, kiến nghị quá hạn không có ai nhận được tin.",
            "Mời người xử lý hoặc lãnh đạo của đơn vị (/moi, `satcoso invite`); ai đã chặn thì mở "
            "lại Telegram và bấm /start.",
        )
    if backlog.due_since and now - backlog.due_since > WAITS_LONG:
        yield look(
            f"Tin gửi đi: {sum(backlog.due.values())} tin đang chờ, lâu nhất từ "
            f"{local(backlog.due_since):%d/%m/%Y %H:%M}.",
            "Xem outbox.paused và outbox.not_sent trong nhật ký; `satcoso undelivered`.",
        )
    if backlog.set_aside:
        yield look(
            f"Tin nhận về: {sum(backlog.set_aside.values())} tin mấy ngày qua không xử lý được.",
            "Cập nhật chương trình lên bản mới; xem update.set_aside trong nhật ký.",
        )


def _key(settings: Settings, used: list[tuple[str, bytes]]) -> Finding:
    try:
        refuse_a_foreign_database(settings.privacy.key_file, used)
    except ConfigError:
        return mend(
            f"Khóa: {settings.privacy.key_file} không mở được danh tính giữ kín trong dữ liệu này.",
            f"Chép lại bản khóa đã cất riêng vào đúng chỗ, quyền 0600 (hoặc biến {KEY_VARIABLE}).",
        )
    return fine("Khóa: mở được. Bản chép phải cất riêng, không cùng chỗ với bản sao lưu.")


async def _people(session: AsyncSession, settings: Settings) -> AsyncIterator[Finding]:
    """Whoever has to be reached when nobody else is."""
    at_top = (
        ("lãnh đạo", Action.LEAD_CASES, "phản ánh quá hạn chuyển lên không ai nhận"),
        ("quản trị", Action.HEAR_OF_UPKEEP, "không ai được báo khi máy chủ có trục trặc"),
    )
    for who, action, what in at_top:
        roles = roles_for(action)
        count, reachable = await health.reached(session, roles)
        if reachable:
            yield fine(f"Người nhận: {reachable} {who} ở đơn vị cao nhất nhận được tin.")
            continue
        why = "chưa có ai" if not count else f"cả {count} người đã chặn hoặc chưa vào"
        yield mend(
            f"Người nhận: {who} ở đơn vị cao nhất: {why}; {what}.",
            f"satcoso invite --role {min(roles)}",
        )
    if code := settings.summaries.chaser:
        _, reachable = await health.reached(
            session, roles_for(Action.CHASE_REPORTS), [code.casefold()]
        )
        if code.casefold() not in await importing.ids_by_code(session):
            yield mend(
                f"Đơn vị theo dõi báo cáo: không có đơn vị mã {code}.",
                "Sửa summaries.chaser trong config.toml theo danh sách đơn vị.",
            )
        elif not reachable:
            yield mend(
                f"Đơn vị theo dõi báo cáo: ở {code} không ai nhận được danh sách nộp muộn.",
                f"satcoso invite --role supervisor --unit {code}",
            )


async def _deep(store: Store, settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    """Reads everything: minutes on a large database, and nobody waits for it."""
    terms = Terms(now, roles_for(*HANDLING_CASES), roles_for(Action.LEAD_CASES))
    async with store.read() as session:
        broken = await invariants.broken(session, terms)
        names = await health.copies(session)
    for wrong in broken:
        rows = ", ".join(wrong.rows[:MOST_ROWS])
        yield mend(
            f"Dữ liệu: {wrong.name}: {len(wrong.rows)} dòng không khớp (số: {rows}).",
            "Sao lưu trước; gửi tên này và các số cho người bảo trì phần mềm.",
        )
    if not broken:
        yield fine("Dữ liệu: mọi ràng buộc đều khớp.")
    lost = await asyncio.to_thread(
        lambda: sum(not copy_path(settings.database.files, name).exists() for name in names)
    )
    if lost:
        yield mend(
            f"Tệp: thiếu {lost} trong {len(names)} ảnh, tin thoại, tài liệu đã lưu.",
            f"Chép lại từ thư mục files của bản sao lưu vào {settings.database.files}.",
        )
    else:
        yield fine(f"Tệp: đủ {len(names)} ảnh, tin thoại, tài liệu.")
    for finding in await asyncio.to_thread(lambda: list(_proven(settings))):
        yield finding


def _proven(settings: Settings) -> Iterator[Finding]:
    """The database's file from end to end, and the newest of the nightly copies."""
    file = sqlite_file(settings.database.url)
    if file is None:
        return
    copies = sorted(settings.backup.folder.glob(f"satcoso-*/{DATABASE}"))
    for path in (file, *copies[-1:]):
        try:
            proven(path)
        except Exception as error:
            yield mend(
                f"Tệp dữ liệu: {path} hỏng ({type(error).__name__}).",
                "Dừng chương trình, `satcoso restore` bản sao lưu tốt gần nhất, kiểm tra ổ đĩa.",
            )
        else:
            yield fine(f"Tệp dữ liệu: {path} nguyên vẹn.")
