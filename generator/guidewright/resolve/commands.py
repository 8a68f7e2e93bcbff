"""Commands whose output is used as a value: ``{{ output.name }}``."""

from collections.abc import Iterable
from typing import Any

from guidewright import model, schema
from guidewright.diagnostics import Place
from guidewright.model import Value
from guidewright.resolve.references import Fact, Scope
from guidewright.schema import Located


def with_commands(spec_files: Iterable[Located[Any]], scope: Scope) -> Scope:
    """Collect the commands that the texts of a route can refer to.

    Args:
        spec_files: gateway, agent and provider of the route; each has ``commands``.
        scope: what their words can refer to; its report receives names that are used twice.

    Returns:
        The scope with the output of each command as a fact. Its words can be referred to only where they can be a list.
    """
    facts: dict[str, Fact] = {}
    first_by_name: dict[str, Place] = {}
    for spec_file in spec_files:
        for name, command in spec_file.value.commands.items():
            place = spec_file.place.at("commands", name)
            first = first_by_name.setdefault(name, place)
            if first is not place:
                scope.report.error(
                    "duplicate-command",
                    f'command "{name}" is defined twice',
                    place.key(),
                    help=f"choose another name, or refer to the one in {first.file}",
                )
            facts[f"output.{name}"] = Fact.code(Value((_resolve(command, place.at("run"), scope),)))
    help_line = "write it alone, as a text in a file: it stands for a list of words"
    words = {fact.replace("output.", "command.", 1): help_line for fact in facts}
    return scope.with_facts(facts).with_advice(words)


def _resolve(command: schema.Command, place: Place, scope: Scope) -> model.Command:
    if isinstance(command.run, dict):
        return model.Command(
            {shell: _words(words, place.at(shell), scope) for shell, words in command.run.items()}, place
        )
    return model.Command(_words(command.run, place, scope), place)


def _words(words: list[str], place: Place, scope: Scope) -> tuple[Value, ...]:
    return tuple(scope.value(word, place.at(index)) for index, word in enumerate(words))
