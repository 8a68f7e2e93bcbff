"""What the reader copies: code for shells and files, and what there is to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from guidewright.model.files import ConfigFile, SettingsFile
from guidewright.model.guide import Guide, Route, Step


@dataclass(frozen=True, slots=True)
class StartupFile:
    """A file that a shell reads at its start.

    Attributes:
        shell: what the shell's users call it.
    """

    shell: str
    path: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a tab shows.

    Attributes:
        label: of the tab.
        language: the info string of its code fences.
        code: without a final line break; empty where the reader has to edit a file by hand.
        shells: the names of the shells that it is for; none for a settings file.
        settings_file: the file that it is for; None for shells.
        startup_files: where the code has to be put so that every new terminal runs it.
        storing_code: commands that do the same for new terminals; empty where there are none.
        not_stored: the variables that those commands leave out.
        without_empty: what their users call those of the shells that can't hold an empty variable, if it has one.
        names: the variables that it is about.
        not_removed: the variables that it can't remove, although they must not be set.
    """

    label: str
    language: str
    code: str
    shells: tuple[str, ...] = ()
    settings_file: SettingsFile | None = None
    startup_files: tuple[StartupFile, ...] = ()
    storing_code: str = ""
    not_stored: tuple[str, ...] = ()
    without_empty: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    not_removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileSnippet:
    """A file that the reader creates.

    Attributes:
        language: the info string of its code fence.
        code: the whole file, without a final line break.
    """

    file: ConfigFile
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class StepSnippet:
    """A step, and what the reader copies there.

    Attributes:
        language: the info string of its code fence.
        code: without a final line break; empty where there is nothing to copy.
    """

    step: Step
    language: str
    code: str

    @property
    def is_in_a_window(self) -> bool:
        """Whether it is neither about a command nor about a file."""
        return not self.step.run and self.step.file is None


@dataclass(frozen=True, slots=True)
class Snippets:
    """All code of a site.

    Attributes:
        tabs: what sets the variables of a route, by tab.
        undo: what removes the variables of a guide, by tab.
        files: the files that a route has the reader create before its steps.
        steps: the steps of a route.
    """

    tabs: Mapping[Route, tuple[Snippet, ...]]
    undo: Mapping[Guide, tuple[Snippet, ...]]
    files: Mapping[Route, tuple[FileSnippet, ...]]
    steps: Mapping[Route, tuple[StepSnippet, ...]]

    def files_of(self, route: Route) -> tuple[FileSnippet, ...]:
        """Every file of a route, those of its steps included."""
        in_steps = (
            FileSnippet(found.step.file, found.language, found.code)
            for found in self.steps[route]
            if found.step.file is not None
        )
        return (*self.files[route], *in_steps)
