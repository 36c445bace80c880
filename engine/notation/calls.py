"""Read names, and what stands in brackets behind them: a call, a factor, or a function of the formula's own."""

from __future__ import annotations

from typing import Final

from engine.messages import mark, say
from engine.notation.cursor import Definition, Written, refuse
from engine.notation.functions import FunctionReader
from engine.notation.tokens import NO_SIGMA, Kind, Token

_USUAL_FUNCTIONS: Final = frozenset("fghFGHφψΦΨ")
"""Letters that people give to functions rather than to variables."""
_NO_FUNCTION: Final = mark("{name} is neither an op nor a name that was given before: choose what is meant.")
_BRACKETS: Final = mark("{name} takes what stands in brackets: write {name}(…).")
_OTHER_INPUTS: Final = mark("{name} takes other inputs than these.")


class CallReader(FunctionReader):
    """Read names and calls."""

    def named(self, name: Token) -> Written:
        """Read a name; with a bracket behind it a call, a product, or a function of the formula's own."""
        parts = self.names.splits.get(name.text)
        if parts is not None:
            return [("(", name), (" * ".join(parts), name), (")", name)]
        spelled = [(self.names.spelled.get(name.text, name.text), name)]
        opening = self.peek()
        if opening is None or opening.text != "(":
            self._check_call(name, opening)
            return spelled
        text = name.text
        is_product = self.is_plain_group(self.at)
        definition = self.definitions.get(text)
        if definition is not None and text in self.declared:
            return self.applied(definition, name)
        if text in self.names.functions:
            return spelled + self.bracketed(is_call=False)  # of one input: a comma in it is a decimal one
        if text in self.names.calls or (not is_product and definition is None):
            return spelled + self.bracketed(is_call=True)
        if definition is not None:
            self.choice(name)
            return spelled if self.tight else self.applied(definition, name)
        letter = text.rstrip("0123456789_")
        if text in self.names.variables or (len(letter) == 1 and letter not in _USUAL_FUNCTIONS):
            return spelled  # and what is in the bracket is a factor
        if len(letter) == 1:
            self.ask(say(_NO_FUNCTION, name=text), name)
            if self.tight:
                return spelled
            inner = self.bracketed(is_call=True)
            own = next((token.text for _, token in inner if token.kind is Kind.NAME), "x")
            self.reading.drafts.append((text, own))
            return spelled + inner
        return spelled + self.bracketed(is_call=True)

    def _check_call(self, name: Token, following: Token | None) -> None:
        """Refuse what everybody means as a function of what stands behind it, Σ x and sum x, and a product is not."""
        is_beside = following is not None and following.opens_operand and following.text != "..."
        if name.text in self.names.given:
            return
        if name.text.startswith("Σ") and (is_beside or name.text[1:].strip("_") != ""):
            refuse(NO_SIGMA, name)
        if is_beside and name.text in {each.lower() for each in self.names.classes}:
            refuse(_BRACKETS, name, name=name.text)

    def is_plain_group(self, at: int) -> bool:
        """Return whether the bracket here may be a factor: it holds one expression, and no list of arguments."""
        depth = 0
        for place in range(at, len(self.tokens)):
            token = self.tokens[place]
            depth += 1 if token.kind is Kind.OPEN else -1 if token.kind is Kind.CLOSE else 0
            if depth == 0:
                return self.tokens[at + 1].kind is not Kind.CLOSE
            if depth == 1 and token.text in (",", "=", "..."):
                return False
        return True

    def applied(self, definition: Definition, name: Token) -> Written:
        """Read f(x + 1) where the formula says what f(x) is: its body, with what it is called with in its place."""
        start = self.at
        opening = self.tokens[start]
        self.odd()
        arguments = [each for each in _split_arguments(self.bracketed(is_call=True)[1:-1]) if each]
        if len(arguments) != len(definition.parameters):
            refuse(_OTHER_INPUTS, opening, name=name.text)
        if ["".join(part for part, _ in each) for each in arguments] == list(definition.parameters):
            return [(name.text, name)]
        given = {
            parameter: "".join(part for part, _ in each)
            for parameter, each in zip(definition.parameters, arguments, strict=True)
        }
        inner = type(self)(definition.body, self.names.with_arguments(given), tight=self.tight, reading=self.reading)
        inner.definitions = {key: value for key, value in self.definitions.items() if key != name.text}
        inner.declared = self.declared - {name.text}
        written = inner.joined("")
        self.written += inner.written
        self.grow(sum(len(part) for part, _ in written) // 8)
        return [("(", name), *((part, name) for part, _ in written), (")", name)]

    def definition(self) -> Written | None:
        """Read the left side of f(x) = …, or nothing where the line begins otherwise."""
        at, name = self.at, self.peek()
        if name is None or name.kind is not Kind.NAME or not self.is_at(at + 1, "("):
            return None
        at += 2
        parameters: list[str] = []
        while at < len(self.tokens) and self.tokens[at].kind is Kind.NAME:
            parameters.append(self.tokens[at].text)
            at += 1
            if not self.is_at(at, ","):
                break
            at += 1
        if not parameters or not (self.is_at(at, ")") and self.is_at(at + 1, "=")):
            return None
        end = at + 2
        while end < len(self.tokens) and self.tokens[end].kind is not Kind.END:
            end += 1
        self.definitions[name.text] = Definition(tuple(parameters), tuple(self.tokens[at + 2 : end]))
        self.declared.add(name.text)
        self.odd()
        out = [(name.text, name), (" = ", self.tokens[at + 1])]
        self.at = at + 2
        return out

    def assigned_name(self, start: int) -> str | None:
        """Return the name that the line beginning here assigns, or None."""
        pair = self.tokens[start : start + 2]
        is_assigned = len(pair) == 2 and pair[0].kind is Kind.NAME and pair[1].text == "="
        return pair[0].text if is_assigned else None

    def remember(self, start: int) -> None:
        """Remember what a line assigns, should its name be called: f = x ** 2 is a function of x."""
        name = self.assigned_name(start)
        body = tuple(self.tokens[start + 2 : self.at])
        own = {token.text for token in body if token.kind is Kind.NAME} - self.names.functions - {"pi", "e"}
        if name is not None and len(body) > 1 and len(own) == 1:
            self.definitions.setdefault(name, Definition(tuple(own), body))


def _split_arguments(written: Written) -> list[Written]:
    depth, found = 0, [list[tuple[str, Token]]()]
    for part, token in written:
        depth += part.count("(") + part.count("[") - part.count(")") - part.count("]")
        if part.strip() == "," and depth == 0:
            found.append([])
        else:
            found[-1].append((part, token))
    return found
