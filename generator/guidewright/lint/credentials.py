"""How sentences speak of credentials, and of who bills."""

import functools
import re

from guidewright.model import Provider, Route

# The reader is told to do without a key.
_DOES_WITHOUT = re.compile(
    r"\b(?:no|not|never|cannot|without|neither|nor|instead of|rather than|none|nobody|unnecessary|optional)\b"
    r"|n[\u2019']t\b"
    r"|\bignor\w+|\bunless\b",
    re.IGNORECASE,
)
# The sentence is about how things were, or about their end.
_IS_PAST = re.compile(
    r"\b(?:earlier|older|previous|former|old) (?:versions?|releases?|guides?|pages?|set-?ups?)\b"
    r"|\b(?:used to|formerly)\b|\b(?:mov|migrat|switch|chang)\w* (?:\w+ )?from\b"
    r"|\b(?:replac|remov|delet|revok)\w*|\bunset\b",
    re.IGNORECASE,
)
# The key is where the gateway keeps it.
_IS_STORED = re.compile(
    r"\b(?:stored?|storing|stores|saved?|holds?|held|holding|keeps?|kept|adds?|injects?|manages?|attach\w*|vault|byok|rotat\w+"
    r"|provider keys|(?:secret|secrets) (?:put|set|create|store|manager)"
    r"|(?:paste|upload|configure|register|enter|put|set)[sd]?\b.{1,80}\b(?:in|into|on|at|to|with) (?:the |your )?"
    r"(?:\w+ )?(?:gateway|dashboard|proxy))\b(?![\u2019']s)",
    re.IGNORECASE,
)
# The sentence speaks of one of several ways.
_IS_A_CASE = re.compile(
    r"\b(?:if|when|where|or|either|depending|depends|otherwise|for example|such as)\b", re.IGNORECASE
)


def does_without(sentence: str) -> bool:
    """Whether a sentence tells the reader to do without something."""
    return _DOES_WITHOUT.search(sentence) is not None


def is_stored(sentence: str) -> bool:
    """Whether a sentence speaks of something that is kept for the reader."""
    return _IS_STORED.search(sentence) is not None


def is_past(sentence: str) -> bool:
    """Whether a sentence speaks of what is over, or is to end."""
    return _IS_PAST.search(sentence) is not None


def is_a_case(sentence: str) -> bool:
    """Whether a sentence is true in some cases only, and says so."""
    return _IS_A_CASE.search(sentence) is not None


def _as_words(name: str) -> str:
    """A pattern for a name, however wide the blanks in it are."""
    return r"\s+".join(map(re.escape, name.split()))


def names_of(provider: Provider) -> re.Pattern[str]:
    """The ways in which sentences name a provider's credential."""
    return _names_of(provider.vendor, provider.name, provider.credential, *provider.credential_aliases)


@functools.cache
def _names_of(vendor: str, product: str, *credentials: str) -> re.Pattern[str]:
    owner = rf"(?:{_as_words(vendor)}|{_as_words(product)})(?:[\u2019']s)?"
    kind = r"(?:API\s+|access\s+|secret\s+)?(?:keys?|credentials?|token)"
    names = "|".join(map(_as_words, credentials))
    return re.compile(
        rf"(?<!\w)(?:{names})s?(?!\w)|(?<!\w){owner}\s+{kind}\b|\b{kind}\s+(?:from|of|for)\s+{owner}(?!\w)",
        re.IGNORECASE,
    )


def names_other_route(sentence: str, other: Route, here: Route) -> bool:
    """Whether a sentence says itself that it is about another route than its section.

    Args:
        sentence: any.
        other: the other route: its title, or one word of its providers' names that the section's own have not, is
            enough.
        here: the section's own.
    """
    own = {word for provider in here.providers for word in re.findall(r"\w+", provider.name)}
    words = {word for provider in other.providers for word in re.findall(r"\w{4,}", provider.name)} - own
    names = [re.escape(name) for name in (*words, *({other.title} - {here.title}))]
    return any(re.search(rf"(?<!\w){name}(?!\w)", sentence, re.IGNORECASE) for name in names)


@functools.cache
def names_of_company(*names: str) -> re.Pattern[str]:
    """The names of a company or its product in a sentence."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


_PROVIDER = r"(?:[Tt]he|[Yy]our|[Ee]ach|[Ee]very) (?:model )?provider"


@functools.cache
def bill_of_company(*names: str) -> re.Pattern[str]:
    """A sentence that says that a company bills the reader, or the provider, where no name is given."""
    company = "|".join(map(re.escape, names)) or _PROVIDER
    verbs = r"(?:bills?|charges?|invoices?|sends?\s+(?:you\s+)?(?:the|a)\s+bill)\b"
    return re.compile(
        rf"(?<!\w)(?:{company})(?:\s+\w+){{0,2}}\s+{verbs}(?!\s+(?:the|a|an|no|less|more)\b)"
        rf"|\b(?:billed|charged|invoiced|bill|invoice)\b[^.;]*?\b(?:by|from)\s+(?:{company})(?!\w)"
        rf"|\b(?:pay(?:s|ing)?|paid to)\s+(?:{company})(?!\w)"
    )
