"""What is wrong with text that isn't YAML, in words for somebody who doesn't know how YAML is read?"""

import yaml

# What the YAML library says, and what it means to whoever wrote the line.
_OPENED = {
    "did not find expected ',' or ']'": "a list opens with [ here and isn't closed, or a comma is missing in it",
    "did not find expected ',' or '}'": "an entry opens with { here and isn't closed, or a comma is missing in it",
    "found unexpected end of stream": "a quotation mark opens here and isn't closed",
    "found unexpected document indicator": "a quotation mark opens here and isn't closed",
    "could not find expected ':'": "a key stands here with no colon and space after it",
}
_HERE = {
    "mapping values are not allowed in this context": "a second colon stands on this line; put the words in quotes",
    "found character that cannot start any token": "a character YAML keeps for itself; put the words in quotes",
    "did not find expected key": "this isn't indented as the lines around it, or a quote is missing",
    "did not find expected '-' indicator": "a line of a list has no dash, or isn't indented as the others",
    "block sequence entries are not allowed in this context": "a dash stands where no list can begin",
    "block mapping entries are not allowed in this context": "a key stands where no entry can begin",
    "but found another document": "a line of --- begins a second document, and a file holds one",
    "did not find expected <document start>": "something stands here that belongs to no key",
    "did not find expected node content": "something is missing or unfinished here",
    "found invalid Unicode character escape code": "a backslash in double quotes begins what stands for no letter",
    "found unknown escape character": "a backslash in double quotes begins what stands for no letter",
    "did not find expected hexadecimal number": "a backslash in double quotes begins what stands for no letter",
    "found incompatible YAML document": "a line of %YAML names a version nobody here reads; take it out",
    "control characters are not allowed": "a control character stands here, which nobody can see",
}


def problem_of(wrong: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line, and what is wrong there."""
    problem = str(getattr(wrong, "problem", None) or getattr(wrong, "reason", ""))
    if problem in _OPENED:
        return _line(wrong, "context_mark", text), _OPENED[problem]
    line = getattr(wrong, "line", None) or _line(wrong, "problem_mark", text)
    if "\t" in _indent(text, line):
        return line, "a tab stands here; indent with spaces"
    if problem in _HERE:
        return line, _HERE[problem]
    return line, problem if hasattr(wrong, "line") else "it isn't punctuated or indented as YAML is"


def _line(wrong: yaml.YAMLError, mark: str, text: str) -> int:
    """The line of a mark, and never beyond the last line there is."""
    found = getattr(wrong, mark, None) or getattr(wrong, "problem_mark", None)
    last = max(1, len(text.rstrip().splitlines()))
    if found is not None:
        return min(int(found.line) + 1, last)
    return min(text[: getattr(wrong, "position", 0)].count("\n") + 1, last)


def _indent(text: str, line: int) -> str:
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    return here[: len(here) - len(here.lstrip())]
