"""Files with a block for each provider: where one block sends the gateway its token, all of them must."""

from collections.abc import Iterator

from guidewright import schema
from guidewright.diagnostics import Place, Report
from guidewright.resolve.copied import CopiedText, references_of, texts_in
from guidewright.resolve.references import is_reference_to
from guidewright.schema import Located

# Whatever it is that lets the gateway know the caller.
_OF_AUTH = ("gateway.header", "gateway.auth_", "gateway.token", "output.", "command.")


def report_blocks_without_token(agent: Located[schema.Agent], index: int, report: Report) -> None:
    """Report blocks of a route's files that leave out what the blocks of other providers send.

    Args:
        agent: whose route it is.
        index: of the route.
        report: receives ``block-without-token`` at each block.
    """
    route = agent.value.routes[index]
    for name in dict.fromkeys(route.file_names):
        if name in agent.value.config_files:
            at_content = agent.place.at("config_files", name, "content")
            blocks = list(_blocks(agent.value.config_files[name].content, at_content))
            silent = [place for place, texts in blocks if not _sends_token(texts)]
            for place in silent if len(silent) < len(blocks) else ():
                report.error(
                    "block-without-token",
                    "nothing here tells the gateway who the caller is, as the blocks of other providers do",
                    place.key(),
                    help="add what the other blocks have, such as the header {{ gateway.header }}",
                )


def _blocks(node: object, place: Place) -> Iterator[tuple[Place, tuple[CopiedText, ...]]]:
    """The largest parts that are about one provider each, by the endpoints in them."""
    texts = tuple(texts_in(node, place))
    endpoints = {reference for reference in references_of(texts) if is_reference_to("endpoint", reference)}
    if len(endpoints) == 1:
        yield place, texts
    elif isinstance(node, dict):
        for key, entry in node.items():
            yield from _blocks(entry, place.at(key))
    elif isinstance(node, list):
        for number, entry in enumerate(node):
            yield from _blocks(entry, place.at(number))


def _sends_token(texts: tuple[CopiedText, ...]) -> bool:
    return any(reference.startswith(_OF_AUTH) for reference in references_of(texts))
