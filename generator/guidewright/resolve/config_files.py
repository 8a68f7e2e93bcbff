"""Files with a content of their own that a route has the reader create."""

from collections.abc import Iterator

from guidewright import model, schema
from guidewright.diagnostics import Place, did_you_mean
from guidewright.model import ContentNode, Value
from guidewright.resolve.references import Scope
from guidewright.schema import Located


def resolve_config_files(agent: Located[schema.Agent], index: int, scope: Scope) -> tuple[model.ConfigFile, ...]:
    """Fill the files of a route.

    Args:
        agent: whose route it is.
        index: of the route.
        scope: what their texts can refer to; its report receives what is wrong.

    Returns:
        The files, in the order in which the route names them.
    """
    files = agent.value.config_files
    place = agent.place.at("routes", index, "config_files")
    found = []
    for position, name in enumerate(agent.value.routes[index].config_files):
        if name not in files:
            scope.report.error(
                "unknown-config-file",
                f'unknown file "{name}"',
                place.at(position),
                help=did_you_mean(name, files) or "define it under config_files:",
            )
            continue
        file, at_file = files[name], agent.place.at("config_files", name)
        content = {key: _resolve(node, at_file.at("content", key), scope) for key, node in file.content.items()}
        path = model.FilePath(file.path, file.windows_path)
        found.append(model.ConfigFile(path, file.format, content, at_file))
    return tuple(found)


def texts_in(agent: schema.Agent, route: schema.Route) -> Iterator[str]:
    """Every text of the files of a route, as the spec gives it."""
    for name in route.config_files:
        if name in agent.config_files:
            yield from _texts(agent.config_files[name].content)


def _texts(node: object) -> Iterator[str]:
    match node:
        case str():
            yield node
        case dict():
            for entry in node.values():
                yield from _texts(entry)
        case list():
            for entry in node:
                yield from _texts(entry)


def _resolve(node: object, place: Place, scope: Scope) -> ContentNode:
    match node:
        case str():
            return scope.value(node, place)
        case bool() | int() | float():
            return node
        case list():
            return tuple(_resolve(entry, place.at(index), scope) for index, entry in enumerate(node))
        case dict():
            return {str(key): _resolve(entry, place.at(key), scope) for key, entry in node.items()}
        case _:
            scope.report.error(
                "empty-node",
                "nothing stands here",
                place,
                help='write a value, "" for an empty text, or delete the key',
            )
            return Value(())
