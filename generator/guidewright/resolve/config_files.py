"""Files with a content of their own that a route has the reader create."""

from collections.abc import Mapping

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
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
    place = agent.place.at("routes", index, "config_files")
    named = enumerate(agent.value.routes[index].config_files)
    found = (find_config_file(name, place.at(position), agent, scope) for position, name in named)
    return tuple(file for file in found if file is not None)


def find_config_file(name: str, place: Place, agent: Located[schema.Agent], scope: Scope) -> model.ConfigFile | None:
    """Fill a file.

    Args:
        name: by which the spec refers to it.
        place: where it does.
        agent: whose file it is.
        scope: what its texts can refer to; its report receives what is wrong.

    Returns:
        The file; None where there is none of that name.
    """
    files = agent.value.config_files
    if name not in files:
        scope.report.error(
            "unknown-config-file",
            f'unknown file "{name}"',
            place,
            help=did_you_mean(name, files) or "define it under config_files:",
        )
        return None
    file, at_file = files[name], agent.place.at("config_files", name)
    at_content = at_file.at("content")
    content = (
        tuple(_resolve(node, at_content.at(position), scope) for position, node in enumerate(file.content))
        if isinstance(file.content, list)
        else _resolve_mapping(file.content, at_content, scope)
    )
    path = scope.value(file.path, at_file.at("path"))
    return model.ConfigFile(
        model.FilePath(path.text, file.windows_path, path.placeholders), file.format, content, at_file
    )


def report_unused_files(agent: Located[schema.Agent], report: Report) -> None:
    """Report files that are described, but that no route has the reader create.

    Args:
        agent: the agent.
        report: receives the warnings.
    """
    used = {name for route in agent.value.routes for name in route.file_names}
    # A name that no file has is most likely meant to be that of one.
    is_sound = used <= agent.value.config_files.keys()
    for name in agent.value.config_files if is_sound else ():
        if name not in used:
            report.warn(
                "unused-config-file",
                f'no route uses the file "{name}"',
                agent.place.at("config_files", name).key(),
                help="name it under config_files: of a route or as file: of a step, or delete it",
            )


def _resolve_mapping(node: Mapping[str, object], place: Place, scope: Scope) -> dict[str, ContentNode]:
    content: dict[str, ContentNode] = {}
    for key, entry in node.items():
        at_entry = place.at(key)
        name = scope.value(key, at_entry.key()).text
        if name in content:
            scope.report.error(
                "duplicate-key", f'key "{name}" is given twice', at_entry.key(), help="delete one, or merge both"
            )
        content[name] = _resolve(entry, at_entry, scope)
    return content


def _resolve(node: object, place: Place, scope: Scope) -> ContentNode:
    match node:
        case str() if words := scope.words_of_command(node, place):
            return words
        case str():
            return scope.value(node, place)
        case bool() | int() | float():
            return node
        case list():
            return tuple(_resolve(entry, place.at(index), scope) for index, entry in enumerate(node))
        case dict():
            return _resolve_mapping(node, place, scope)
        case _:
            scope.report.error(
                "empty-node",
                "nothing stands here",
                place,
                help='write a value, "" for an empty text, or delete the key',
            )
            return Value(())
