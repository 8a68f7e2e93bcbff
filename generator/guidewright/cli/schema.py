"""``guidewright schema``."""

import json

import click

from guidewright.cli import CLEAN
from guidewright.schema import KINDS


@click.command("schema")
@click.argument("kind", type=click.Choice([kind.name for kind in KINDS]))
def command(kind: str) -> int:
    r"""Print the JSON Schema of a kind of spec file.

    Editors offer completion and hover text from it. Keep it beside the spec, and name it in each file's first line:

    \b
        guidewright schema gateway > spec/schema/gateway.json
        # yaml-language-server: $schema=../schema/gateway.json
    """
    chosen = next(row for row in KINDS if row.name == kind)
    click.echo(json.dumps(chosen.json_schema, indent=2, ensure_ascii=False))
    return CLEAN
