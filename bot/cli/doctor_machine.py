"""What `satcoso doctor` looks at besides the database: settings, machine, copies, Telegram."""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from bot.app.backups import is_old, name_of, newest
from bot.app.clock_watch import telegram_time
from bot.channels.email import EmailSender
from bot.channels.retries import NotSent
from bot.channels.telegram.command_line import BotLook, look_at
from bot.channels.zalo.api import ZaloBot, ZaloError
from bot.cli import checking
from bot.cli.finding import Finding, fine, look, mend
from bot.cli.health import HEALTHY_SECONDS, last_told, was_killed
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from bot.core.rules import schedules
from bot.core.rules.calendar import ZONE, at, local
from storage.store import sqlite_file

VIETNAM = timedelta(hours=7)
NEAR = timedelta(minutes=5)
ROOM, LITTLE_ROOM = 500 * 1024**2, 2 * 1024**3  # bytes left on a disk


def quick_looks(config: Path, settings: Settings, now: datetime) -> Iterator[Finding]:
    """What asks neither the network nor the database."""
    yield from configuration(config, settings)
    yield from time_zone(now)
    yield from room(settings)
    yield from rights(settings)
    yield from hours(settings, now)
    yield from holidays(settings, now)
    yield from backups(settings, now)
    yield from running(settings)


def configuration(config: Path, settings: Settings) -> Iterator[Finding]:
    """What `satcoso check` refuses, and who answers for the data."""
    try:
        list(checking.effective_values(config, settings))
    except ConfigError as error:
        for line in str(error).splitlines():
            yield mend(f"Cấu hình: {line}", "Sửa theo dòng này rồi chạy lại `satcoso check`.")
    else:
        yield fine(f"Cấu hình: {config} đọc được, các thư mục ghi được.")
    missing = [k for k in ("address", "contact") if not getattr(settings.organisation, k).strip()]
    if missing:
        keys = ", ".join(f"organisation.{key}" for key in missing)
        yield look(
            f"Cấu hình: chưa điền {keys}; người lao động phải được biết đơn vị giữ dữ liệu.",
            "Điền vào mục [organisation] của config.toml rồi khởi động lại.",
        )


def time_zone(now: datetime) -> Iterator[Finding]:
    """The program has a zone of its own; the machine's is for its journal and cron."""
    if now.astimezone(ZONE).utcoffset() != VIETNAM:
        yield mend(
            "Múi giờ: dữ liệu múi giờ Asia/Ho_Chi_Minh trên máy này sai.",
            "Cài lại gói tzdata: apt-get install --reinstall tzdata.",
        )
    elif now.astimezone().utcoffset() != VIETNAM:
        yield look(
            f"Múi giờ: máy chủ đặt {now.astimezone():%Z (UTC%z)}. Chương trình vẫn theo giờ Việt "
            "Nam, nhưng nhật ký của máy ghi giờ khác.",
            "timedatectl set-timezone Asia/Ho_Chi_Minh",
        )
    else:
        yield fine("Múi giờ: giờ Việt Nam.")


def room(settings: Settings) -> Iterator[Finding]:
    """What is left on each disk that something is written to."""
    file = sqlite_file(settings.database.url)
    places = [settings.database.files, settings.backup.folder, *([file.parent] if file else [])]
    by_disk: dict[int, Path] = {}
    for place in places:
        there = next(p for p in (place, *place.parents) if p.exists())
        by_disk.setdefault(there.stat().st_dev, there)
    needed = file.stat().st_size if file and file.exists() else 0
    for there in by_disk.values():
        free = shutil.disk_usage(there).free
        words = f"Ổ đĩa: nơi chứa {there} còn {free / 1024**3:.1f} GB."
        todo = "Dọn bớt tệp không cần, hoặc chuyển backup.folder sang ổ khác."
        if free < ROOM + 2 * needed:
            yield mend(words, todo)
        elif free < LITTLE_ROOM + 2 * needed:
            yield look(words, todo)
        else:
            yield fine(words)


def rights(settings: Settings) -> Iterator[Finding]:
    """Whether others on this machine could read what people said."""
    file, key = sqlite_file(settings.database.url), settings.privacy.key_file
    folders = {settings.database.files, settings.backup.folder, *([file.parent] if file else [])}
    open_folders = [f for f in sorted(folders) if f.is_dir() and f.stat().st_mode & 0o007]
    for folder in open_folders:
        yield look(f"Quyền đọc: người khác trên máy này mở được {folder}.", f"chmod 700 {folder}")
    if key.exists() and key.stat().st_mode & 0o077:
        yield mend(f"Quyền đọc: người khác trên máy này đọc được khóa {key}.", f"chmod 600 {key}")
    elif not open_folders:
        yield fine("Quyền đọc: dữ liệu, bản sao lưu và khóa chỉ người chạy chương trình đọc được.")


def hours(settings: Settings, now: datetime) -> Iterator[Finding]:
    """What is set to go out while nobody may be written to."""
    calendar = settings.make_calendar()
    planned = {
        "digest.time": settings.digest.time,
        "assignment.time": settings.assignment.time,
        "summaries.remind_time": settings.summaries.remind_time,
        **{f"reminders.{name}": wall for name, wall in vars(settings.reminders).items()},
    }
    quiet = f"{settings.quiet.start:%H:%M}–{settings.quiet.end:%H:%M}"
    days = ((local(now) + timedelta(days=n)).date() for n in range(366))
    day = next(day for day in days if not calendar.is_holiday(day))
    late = {k: wall for k, wall in planned.items() if not calendar.may_speak(at(day, wall))}
    for key, wall in late.items():
        yield look(
            f"Giờ gửi: {key} = {wall:%H:%M} nằm trong giờ nghỉ ({quiet}), nên tin đến muộn hơn.",
            f"Đổi {key}, hoặc đổi [quiet] trong config.toml.",
        )
    if not late:
        yield fine(f"Giờ gửi: không giờ nào rơi vào giờ nghỉ ({quiet}).")


def holidays(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Days swapped by the government are announced year by year."""
    today = local(now).date()
    missing = schedules.missing(today, settings.calendar.confirmed_years)
    for year in missing:
        yield look(
            f"Lịch nghỉ: chưa có lịch nghỉ, làm bù chính thức của năm {year}.",
            "Ghi các ngày theo thông báo vào [calendar] holidays và working_days, rồi thêm "
            f"{year} vào confirmed_years.",
        )
    if not missing:
        yield fine(f"Lịch nghỉ: đã có lịch năm {today.year}.")


def backups(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether there is a fresh copy, and whether it outlives the disk."""
    folder = settings.backup.folder
    made_at = newest(folder)
    if is_old(made_at, now):
        when = f"bản mới nhất của {local(made_at):%d/%m/%Y %H:%M}" if made_at else "chưa có bản nào"
        how = (
            # Under the night's own name: it goes with the others when its days are over.
            f"Từ {settings.backup.time:%H:%M} chương trình tự sao lưu, sau khi chạy được một phút; "
            "nếu không, xem backup.failed trong nhật ký. Sao lưu ngay: "
            f"`satcoso backup {folder / name_of(local(now).date())}`"
            if sqlite_file(settings.database.url)
            else "Chạy pg_dump mỗi đêm vào thư mục đó"
        )
        yield mend(f"Sao lưu: trong {folder} {when}.", f"{how}. Xem docs/operating.md.")
        return
    assert made_at
    yield fine(f"Sao lưu: bản mới nhất của {local(made_at):%d/%m/%Y %H:%M}, trong {folder}.")
    file = sqlite_file(settings.database.url)
    if file and file.exists() and folder.stat().st_dev == file.stat().st_dev:
        yield look(
            "Sao lưu: nằm cùng ổ đĩa với dữ liệu; ổ hỏng thì mất cả hai.",
            f"Chép {folder} sang máy khác mỗi ngày (rsync -aH), khóa cất nơi khác.",
        )


def running(settings: Settings) -> Iterator[Finding]:
    """What the running program last wrote about itself."""
    try:
        age, state = last_told(settings.health.file)
    except (FileNotFoundError, ValueError):
        yield look("Chương trình: đang không chạy.", "systemctl start satcoso")
        return
    wrong = {
        "không ghi được vào cơ sở dữ liệu": not state["writable"],
        "không lấy được tin từ Telegram": not state["fetched"],
        f"giờ của máy sai ({state['clock_fault']})": bool(state["clock_fault"]),
    }
    if was_killed(settings.health.file, state):
        wrong = {"đã bị dừng đột ngột, không còn chạy": True}
    elif age > HEALTHY_SECONDS:
        wrong = {f"không báo tình trạng từ {age / 60:.0f} phút nay (treo, hoặc hết ổ đĩa)": True}
    lines = [words for words, is_wrong in wrong.items() if is_wrong]
    for words in lines:
        yield mend(f"Chương trình: {words}.", "Xem nhật ký: journalctl -u satcoso -n 200")
    if not lines and state["faults"]:
        yield look("Chương trình: vừa khởi động, chưa sẵn sàng.", "Chạy lại sau một phút.")
    elif not lines:
        yield fine("Chương trình: đang chạy tốt.")


async def telegram(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    """The token, and the webhook where there is one."""
    there = settings.telegram
    try:
        bot = await look_at(there.token, there.base_url)
    except ConfigError as error:
        if "token" in str(error):
            yield mend(
                "Mã token: Telegram không nhận.",
                "Lấy lại ở @BotFather (/mybots → API Token), ghi vào telegram.token hoặc biến "
                "SATCOSO_TELEGRAM_TOKEN, rồi khởi động lại.",
            )
        else:
            yield mend(
                f"Telegram: không kết nối được ({error}).",
                "Kiểm tra mạng, DNS, tường lửa của máy chủ: curl -I https://api.telegram.org",
            )
        return
    yield fine(f"Mã token: Telegram nhận, tên là @{bot.username}.")
    if there.mode == "polling":
        return
    for finding in _webhook(bot, there.webhook_url, now):
        yield finding


def _webhook(bot: BotLook, url: str, now: datetime) -> Iterator[Finding]:
    """What Telegram says of the address that it brings updates to."""
    failed_at = bot.failed_at
    if failed_at and now - failed_at >= timedelta(hours=1):
        failed_at = None
    if bot.webhook_url != url:
        yield mend(
            f"Webhook: Telegram đang gửi đến {bot.webhook_url or '(chưa đặt)'}, không phải {url}.",
            "Khởi động lại chương trình; xem updates.not_fetched trong nhật ký.",
        )
    elif failed_at and bot.waiting:
        yield mend(
            f"Webhook: Telegram gửi không được, lần cuối {local(failed_at):%H:%M}; "
            f"{bot.waiting} tin đang chờ.",
            "Kiểm tra proxy, chứng chỉ HTTPS và cổng của webhook.",
        )
    elif failed_at:
        yield look(
            f"Webhook: Telegram có lúc không gửi được, lần cuối {local(failed_at):%H:%M}; sau đó "
            "đã gửi hết.",
            "Lúc đó vừa khởi động lại chương trình hay proxy thì không sao; lặp lại thì kiểm tra "
            "proxy.",
        )
    else:
        yield fine(f"Webhook: Telegram gửi được; {bot.waiting} tin đang chờ.")


async def zalo(settings: Settings) -> AsyncIterator[Finding]:
    """Zalo's token, where that door is open."""
    there = settings.zalo
    if not there.enabled:
        return
    yield look(
        "Zalo: cửa này chưa thử với Zalo thật, chỉ viết theo tài liệu công khai của Zalo.",
        "Thử với vài người trước khi báo cho mọi người; có gì sai thì đặt zalo.enabled = false.",
    )
    bot = ZaloBot(there.token, there.base_url)
    try:
        await bot.call("getMe")
    except ZaloError as error:
        yield mend(
            f"Zalo: không nhận mã token (mã lỗi {error.code}).",
            "Lấy lại ở Zalo Bot Manager, ghi vào zalo.token rồi khởi động lại.",
        )
    except httpx.HTTPError as error:
        yield mend(
            f"Zalo: không kết nối được ({type(error).__name__}).",
            f"Kiểm tra mạng, DNS, tường lửa của máy chủ: curl -I {there.base_url}",
        )
    else:
        yield fine("Zalo: nhận mã token.")
    finally:
        await bot.close()


async def email(settings: Settings) -> AsyncIterator[Finding]:
    """Whether the mail server lets us in, where letters are sent."""
    there = settings.email
    if not there.host:
        return
    try:
        await EmailSender(there, settings.web.address).look()
    except NotSent as error:
        yield mend(
            f"Thư điện tử: máy chủ {there.host}:{there.port} không nhận ({error.kind}).",
            "Xem lại mục [email] trong config.toml: máy chủ, cổng, starttls, tài khoản, mật khẩu.",
        )
    else:
        yield fine(f"Thư điện tử: máy chủ {there.host} nhận.")


async def machine_clock(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    """The machine's clock beside Telegram's."""
    witness = telegram_time(settings.telegram.base_url)
    true = await witness() if witness else None
    if true is None:
        yield look(
            "Giờ máy chủ: không hỏi được giờ của Telegram để so.",
            "Tự so với đồng hồ chuẩn: timedatectl; bật đồng bộ: timedatectl set-ntp true",
        )
    elif abs(now - true) > NEAR:
        minutes = abs(now - true).total_seconds() / 60
        yield mend(
            f"Giờ máy chủ: lệch {minutes:.0f} phút so với Telegram; phân công, nhắc việc và xóa dữ "
            "liệu tạm dừng.",
            "timedatectl set-ntp true",
        )
    else:
        yield fine("Giờ máy chủ: đúng.")
