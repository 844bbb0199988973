"""``arena.py pictures``: a picture of every page, for the documentation, in both languages."""

import click

from commands import say
from commands.pictures import listing
from commands.test import DEBIAN, find_browser, install_browser


@click.command(help=say("pictures.help"))
@click.option("--check", is_flag=True, help=say("pictures.option_check"))
@click.option("--only", multiple=True, metavar="NAME", help=say("pictures.option_only"))
def command(check: bool, only: tuple[str, ...]) -> None:
    """Take the pictures, or check that they are there."""
    if not check:
        wanted = chosen(only)
        if find_browser() is None and not install_browser():
            raise click.ClickException(say("pictures.no_browser", packages=" ".join(DEBIAN)))
        from commands.pictures.photographer import take  # playwright is here only while developing

        take(wanted, listing.FOLDER)
        for path in listing.left_over():
            path.unlink()
        if only:
            return
    problems = [
        say(f"pictures.{key}", names=", ".join(path.name for path in paths))
        for key, paths in (("lacking", listing.lacking()), ("left_over", listing.left_over()))
        if paths
    ]
    if problems:
        raise click.ClickException("\n".join(problems))
    kept = list(listing.FOLDER.glob("*.png"))
    size = sum(path.stat().st_size for path in kept) / 1e6
    click.echo(say("pictures.complete", count=len(kept), size=f"{size:.1f}"))


def chosen(names: tuple[str, ...]) -> list[listing.Picture]:
    """Return the pictures of these names, or all."""
    known = {picture.name: picture for picture in listing.pictures()}
    for name in names:
        if name not in known:
            raise click.ClickException(say("pictures.unknown", name=name))
    return [known[name] for name in names] or list(known.values())
