"""`doisoat users`: who may sign in at the desk."""

from __future__ import annotations

import getpass
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from pipeline.archive.accounts import Account, Accounts, Role
from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.desk_packages import require_desk
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import show
from pipeline.errors import BadArgumentsError


class Action(StrEnum):
    """What is done to accounts."""

    LIST = "list"
    ADD = "add"
    PASSWORD = "password"


@command
def users(
    reporting: Reporting,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="list|add|password",
            show_default=False,
            help="Liệt kê, thêm tài khoản, đặt lại mật khẩu. / List accounts, add one, set its password anew.",
        ),
    ],
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", show_default=False, help="Tên đăng nhập. / The user name.")
    ] = None,
    role: Annotated[
        Role,
        typer.Option(metavar="reader|officer|administrator", help="Vai trò khi thêm. / The role of a new account."),
    ] = Role.READER,
    archive: ArchiveOption = None,
) -> None:
    """Quản lý tài khoản của bàn làm việc. Mật khẩu được hỏi, hoặc đọc một dòng từ stdin.

    Manage the accounts of the desk. The password is asked for, or read from a line of stdin.
    """
    require_desk()
    known = settings(archive)
    with Archive.create(known.archive, known.database) as store:
        accounts = store.accounts
        if action is Action.LIST:
            show(_listed(accounts))
            return
        if name is None:
            raise BadArgumentsError(
                "Thiếu tên đăng nhập. / The user name is missing.", f"Ví dụ / For example: doisoat users {action} lan"
            )
        if action is Action.ADD:
            added = accounts.add(name, role, _new_password())
            reporting.note(f"Đã thêm “{added.name}” ({added.role}). / Added.")
        else:
            accounts.set_password(_account(accounts, name).id, _new_password())
            reporting.note(f"Đã đổi mật khẩu của “{name}”. / The password was changed.")


def _listed(accounts: Accounts) -> Table:
    table = Table()
    for heading in ("Tên / Name", "Vai trò / Role", "Đăng nhập được / May sign in"):
        table.add_column(heading)
    for account in accounts.all():
        table.add_row(account.name, account.role.value, "có / yes" if account.active else "không / no")
    return table


def _account(accounts: Accounts, name: str) -> Account:
    found = accounts.credentials(name)
    if found is None:
        raise BadArgumentsError(
            f"Không có tài khoản “{name}”. / There is no such account.", "Xem / See: doisoat users list"
        )
    return found.account


def _new_password() -> str:
    """Ask for a new password twice, or read it once where nobody can be asked, and return its hash."""
    from pipeline.desk import passwords  # noqa: PLC0415 - what it imports may not be installed

    if not sys.stdin.isatty():
        return passwords.hashed(sys.stdin.readline().rstrip("\r\n"))
    typed = getpass.getpass("Mật khẩu / Password: ")
    if getpass.getpass("Nhập lại / Again: ") != typed:
        raise BadArgumentsError("Hai lần nhập khác nhau. / The two differ.", "Hãy chạy lại. / Run it again.")
    return passwords.hashed(typed)
