"""Pages that lead to the guides."""

from collections.abc import Iterable

from guidewright import model, schema
from guidewright.diagnostics import Report
from guidewright.resolve.passages import read_passage
from guidewright.resolve.references import Fact, Scope
from guidewright.schema import Located


def resolve_index(
    index: Located[schema.Index],
    gateway: Located[schema.Gateway],
    guides: Iterable[model.Guide],
    docs_url: str,
    report: Report,
) -> model.Index:
    """Bring the parts of an index page together.

    Args:
        index: what ``site.yaml`` says of it.
        gateway: that it is about.
        guides: those behind this gateway.
        docs_url: the documentation site's address.
        report: receives what is wrong with its texts.

    Returns:
        The page.
    """
    page, place = index.value, index.place
    scope = Scope(docs_url, report).with_facts(
        {"gateway.name": Fact.name(gateway.value.name), "gateway.vendor": Fact.name(gateway.value.vendor)}
    )
    note = page.note
    return model.Index(
        path=page.path,
        title=page.title,
        order=page.order,
        description=scope.prose(page.description, place.at("description")),
        introduction=read_passage(page.introduction, place.at("introduction"), scope),
        note=None if note is None else read_passage(note, place.at("note"), scope),
        verify=tuple(read_passage(step, place.at("verify", number), scope) for number, step in enumerate(page.verify)),
        guides=tuple(sorted(guides, key=lambda guide: guide.order)),
        place=place,
    )
