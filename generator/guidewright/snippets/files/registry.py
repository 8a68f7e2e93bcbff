"""The file formats that there are: one row each."""

from collections.abc import Mapping

from guidewright.snippets.files import dotenv_file, ini_file, json_file, toml_file, yaml_file
from guidewright.snippets.files.file_format import FileFormat

FILE_FORMATS: Mapping[str, FileFormat] = {
    file_format.name: file_format
    for file_format in (json_file.FORMAT, toml_file.FORMAT, yaml_file.FORMAT, dotenv_file.FORMAT, ini_file.FORMAT)
}
