"""What a route asks for, as changes to an environment."""

from collections.abc import Mapping, Sequence

from guidewright.model import (
    Change,
    Command,
    CommandOutput,
    Part,
    Placeholder,
    Reference,
    Route,
    Set,
    Unset,
    Value,
    VariableReference,
)
from guidewright.snippets.shell import Shell


def changes_of(route: Route, shell: Shell) -> tuple[Change, ...]:
    """Say what a snippet has to do.

    Args:
        route: the route. Every command that it uses must have its words for the shell.
        shell: the shell.

    Returns:
        The changes: first those that remove variables, then those that set them, as in the spec.
    """
    removals = (Unset(variable.name) for variable in route.removed)
    settings = (Set(variable.name, parts_of(variable.value, shell)) for variable in route.variables)
    return (*removals, *settings)


def parts_of(value: Value, shell: Shell) -> tuple[Part, ...]:
    """What a value is for a shell: placeholders are text that the reader replaces.

    Where a shell can't take over another variable whatever that holds, the value stands there once more.

    Args:
        value: every command in it must have its words for the shell.
        shell: the shell.

    Returns:
        Its parts, neighbouring texts as one.
    """
    parts: list[Part] = []
    for part in value.parts if shell.takes_over_any_variable else value.written_out.parts:
        match part:
            case str() | Placeholder():
                text = part if isinstance(part, str) else part.token
                if parts and isinstance(parts[-1], str):
                    parts[-1] += text
                else:
                    parts.append(text)
            case VariableReference():
                parts.append(Reference(part.name))
            case Command():
                parts.append(CommandOutput(tuple(word.text for word in part.words_in(shell.name) or ())))
    return tuple(parts)


def variables_of(route: Route) -> Mapping[str, str]:
    """What a file has to hold, which knows neither references nor commands.

    Args:
        route: the route, without computed values.

    Returns:
        The variables that it sets, written out.
    """
    return {variable.name: variable.value.text for variable in route.variables}


def names_set_by(routes: Sequence[Route]) -> tuple[str, ...]:
    """The variables that routes set, each once, in the order of appearance.

    Args:
        routes: any number of routes.

    Returns:
        Their names.
    """
    return tuple(dict.fromkeys(variable.name for route in routes for variable in route.variables))
