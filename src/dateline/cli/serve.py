"""``dateline serve`` and ``serve-user``: an archive in the browser and over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.errors import SetupError

EXAMPLES = {
    "serve": "Examples: `dateline serve news.dateline --open` · "
    "`dateline serve news.dateline --host 0.0.0.0 --users users.toml --behind-proxy "
    "--allow-host desk.example.org`",
    "serve-user": "Example: `dateline serve-user users.toml ana --role coder`",
}


def serve(
    archive: Annotated[
        str,
        typer.Argument(
            metavar="ARCHIVE", help="A file (SQLite) or postgresql://user@host/database."
        ),
    ],
    host: Annotated[
        str,
        typer.Option(
            "--host", help="Address to listen on; any but this machine's own needs a login."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8017,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            envvar="DATELINE_TOKEN",
            help="Who shows this is let in as a coder; better given by the environment.",
        ),
    ] = None,
    users: Annotated[
        Path | None,
        typer.Option("--users", help="File of users and roles that `dateline serve-user` writes."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host", help="Name under which browsers reach it, as desk.example.org."
        ),
    ] = None,
    root_path: Annotated[
        str,
        typer.Option("--root-path", help="Path under which a proxy shows the desk, as /desk."),
    ] = "",
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy", help="Believe X-Forwarded-For and -Proto of a proxy in front."
        ),
    ] = False,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="TLS certificate, PEM; with --key.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="Key of the certificate, PEM.")] = None,
    open: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve an archive to browsers and programs; to this machine alone if not told otherwise."""
    _needs_web()
    from dateline.server.run import run
    from dateline.server.settings import Settings
    from dateline.server.users import read_users

    settings = Settings(
        archive=archive,
        host=host,
        port=port,
        token=token or None,
        users=read_users(users) if users else {},
        hosts=tuple(allow_host or ()),
        root=root_path,
        behind_proxy=behind_proxy,
        certificate=certificate,
        key=key,
    )
    run(settings, browse=open)


def serve_user(
    file: Annotated[Path, typer.Argument(help="File of users; made if it is not there.")],
    name: Annotated[str, typer.Argument(help="Name to log in with.")],
    role: Annotated[str, typer.Option("--role", help="reader, coder or admin.")] = "reader",
) -> None:
    """Write a user into a file of users, or give one a new role and password; asks for the password."""
    _needs_web()
    from dateline.server.users import Role, put_user

    if role not in list(Role):
        raise typer.BadParameter(f"{role!r} is none of {', '.join(Role)}", param_hint="--role")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    put_user(file, name, Role(role), password)
    typer.echo(f"dateline: {name} is a {role} in {file}", err=True)


def _needs_web() -> None:
    try:
        import argon2
        import fastapi
        import uvicorn
    except ModuleNotFoundError as error:
        raise SetupError(
            "serving needs more packages; install them with `pip install dateline[web]`"
        ) from error
    del argon2, fastapi, uvicorn
